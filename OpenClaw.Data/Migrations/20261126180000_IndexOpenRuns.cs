using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>
/// What is open among a million ended runs is counted and listed from an index. It goes by the end and not by the status:
/// the statements that claim runs, which name a status, must not be able to walk over all that has been open.
/// </summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126180000_IndexOpenRuns")]
public sealed class IndexOpenRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "CREATE INDEX ix_workflow_status_open ON openclaw_system.workflow_status (workflow_uuid) WHERE completed_at IS NULL;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX openclaw_system.ix_workflow_status_open;");
}
