using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>
/// What is open among a million ended runs is counted and listed from an index. Its key is the run's own, so that for a
/// statement about one run it is no worse than the primary key, however many entries await the vacuum.
/// </summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126180000_IndexOpenRuns")]
public sealed class IndexOpenRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "CREATE INDEX ix_workflow_status_open ON openclaw_system.workflow_status (workflow_uuid) WHERE status IN ('ENQUEUED', 'PENDING');");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX openclaw_system.ix_workflow_status_open;");
}
