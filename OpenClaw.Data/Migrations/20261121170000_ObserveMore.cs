using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Health by node and with its figures; indexes for what retention removes and for what has been forked.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121170000_ObserveMore")]
public sealed class ObserveMore : Migration
{
    // Rows of a check are written anew at every look, and those of before had no node.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DELETE FROM openclaw.health_checks;
        ALTER TABLE openclaw.health_checks
            ADD COLUMN node          text NOT NULL DEFAULT '',
            ADD COLUMN value         double precision,
            ADD COLUMN degraded_from double precision,
            ADD COLUMN failed_from   double precision,
            ADD COLUMN unit          text,
            DROP CONSTRAINT health_checks_pkey,
            ADD PRIMARY KEY (name, node);
        ALTER TABLE openclaw.health_checks ALTER COLUMN node DROP DEFAULT;
        ALTER TABLE openclaw.health_transitions ADD COLUMN node text NOT NULL DEFAULT '';
        ALTER TABLE openclaw.health_transitions ALTER COLUMN node DROP DEFAULT;

        CREATE INDEX ix_workflow_status_forked_from ON openclaw_system.workflow_status (forked_from) WHERE forked_from IS NOT NULL;
        CREATE INDEX ix_audit_log_created_at ON openclaw.audit_log USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);
        CREATE INDEX ix_idempotency_keys_created_at ON openclaw.idempotency_keys USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw.ix_idempotency_keys_created_at, openclaw.ix_audit_log_created_at, openclaw_system.ix_workflow_status_forked_from;
        ALTER TABLE openclaw.health_transitions DROP COLUMN node;
        DELETE FROM openclaw.health_checks;
        ALTER TABLE openclaw.health_checks
            DROP CONSTRAINT health_checks_pkey,
            DROP COLUMN node, DROP COLUMN value, DROP COLUMN degraded_from, DROP COLUMN failed_from, DROP COLUMN unit,
            ADD PRIMARY KEY (name);
        """);
}
