using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What the workflow monitor and the health checks read and write.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121090000_AddMonitoring")]
public sealed class AddMonitoring : Migration
{
    // Runs complete about in the order of the table's pages, so a BRIN index finds the last minute's at no cost to a write.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX ix_workflow_status_name ON openclaw_system.workflow_status (name, workflow_uuid);
        CREATE INDEX ix_workflow_status_cancelled ON openclaw_system.workflow_status (workflow_uuid) WHERE status = 'CANCELLED';
        CREATE INDEX ix_workflow_status_completed_at ON openclaw_system.workflow_status USING brin (completed_at) WITH (pages_per_range = 16, autosummarize = on);

        CREATE TABLE openclaw.workflow_metrics (
            name            text NOT NULL,
            bucket          timestamptz NOT NULL,
            status          text NOT NULL,
            duration_bucket smallint NOT NULL,
            runs            bigint NOT NULL,
            total_ms        double precision NOT NULL,
            PRIMARY KEY (bucket, name, status, duration_bucket)
        );
        CREATE TABLE openclaw.workflow_metrics_progress (
            only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            counted_until timestamptz NOT NULL
        );
        INSERT INTO openclaw.workflow_metrics_progress (counted_until) VALUES ('-infinity');

        CREATE TABLE openclaw.health_checks (
            name       text PRIMARY KEY,
            status     text NOT NULL CHECK (status IN ('ok', 'degraded', 'failed')),
            detail     text NOT NULL,
            since      timestamptz NOT NULL,
            checked_at timestamptz NOT NULL
        );
        CREATE TABLE openclaw.health_transitions (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name        text NOT NULL,
            from_status text,
            to_status   text NOT NULL,
            detail      text NOT NULL,
            at          timestamptz NOT NULL
        );
        CREATE INDEX ix_health_transitions_name ON openclaw.health_transitions (name, id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.health_transitions, openclaw.health_checks, openclaw.workflow_metrics_progress, openclaw.workflow_metrics;
        DROP INDEX openclaw_system.ix_workflow_status_completed_at, openclaw_system.ix_workflow_status_cancelled, openclaw_system.ix_workflow_status_name;
        """);
}
