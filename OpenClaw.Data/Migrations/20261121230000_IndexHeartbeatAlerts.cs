using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Beats that raised an alert, which are few among very many.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121230000_IndexHeartbeatAlerts")]
public sealed class IndexHeartbeatAlerts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_heartbeat_executions_alert ON openclaw.heartbeat_executions (id) WHERE status = 'alert'");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX openclaw.ix_heartbeat_executions_alert");
}
