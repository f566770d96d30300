using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Beats that ask nobody while nothing has changed, and what they compare with.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127103000_AddGates")]
public sealed class AddGates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.heartbeat_executions ADD COLUMN gates jsonb;
        ALTER TABLE openclaw.heartbeat_executions DROP CONSTRAINT heartbeat_executions_status_check;
        ALTER TABLE openclaw.heartbeat_executions ADD CONSTRAINT heartbeat_executions_status_check
            CHECK (status IN ('running', 'ok', 'alert', 'failed', 'quiet', 'skipped')) NOT VALID;
        ALTER TABLE openclaw.heartbeat_executions VALIDATE CONSTRAINT heartbeat_executions_status_check;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE openclaw.heartbeat_executions SET status = 'skipped' WHERE status = 'quiet';
        ALTER TABLE openclaw.heartbeat_executions DROP COLUMN gates;
        ALTER TABLE openclaw.heartbeat_executions DROP CONSTRAINT heartbeat_executions_status_check;
        ALTER TABLE openclaw.heartbeat_executions ADD CONSTRAINT heartbeat_executions_status_check
            CHECK (status IN ('running', 'ok', 'alert', 'failed', 'skipped'));
        """);
}
