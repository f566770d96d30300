using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>
/// Steps and events are written only beside their run, by statements that have it locked: a foreign key checks each of
/// them again, a dozen times a run. What a foreign key is good for, removing them with their run, a trigger does for all
/// runs of a statement at once.
/// </summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121120000_SpeedUpLedger")]
public sealed class SpeedUpLedger : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw_system.operation_outputs DROP CONSTRAINT operation_outputs_workflow_uuid_fkey;
        ALTER TABLE openclaw_system.workflow_events DROP CONSTRAINT workflow_events_workflow_uuid_fkey;

        CREATE FUNCTION openclaw_system.remove_with_workflow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            DELETE FROM openclaw_system.operation_outputs o USING removed r WHERE o.workflow_uuid = r.workflow_uuid;
            DELETE FROM openclaw_system.workflow_events e USING removed r WHERE e.workflow_uuid = r.workflow_uuid;
            RETURN NULL;
        END $$;
        CREATE TRIGGER remove_with_workflow AFTER DELETE ON openclaw_system.workflow_status
            REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION openclaw_system.remove_with_workflow();
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER remove_with_workflow ON openclaw_system.workflow_status;
        DROP FUNCTION openclaw_system.remove_with_workflow();
        ALTER TABLE openclaw_system.operation_outputs ADD CONSTRAINT operation_outputs_workflow_uuid_fkey
            FOREIGN KEY (workflow_uuid) REFERENCES openclaw_system.workflow_status ON DELETE CASCADE;
        ALTER TABLE openclaw_system.workflow_events ADD CONSTRAINT workflow_events_workflow_uuid_fkey
            FOREIGN KEY (workflow_uuid) REFERENCES openclaw_system.workflow_status ON DELETE CASCADE;
        """);
}
