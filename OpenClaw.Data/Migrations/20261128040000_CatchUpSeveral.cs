using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>How many of the times that a prompt missed in a row are sent.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128040000_CatchUpSeveral")]
public sealed class CatchUpSeveral : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "ALTER TABLE openclaw.scheduled_prompts ADD COLUMN catch_up_runs integer CHECK (catch_up_runs BETWEEN 1 AND 10);");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "ALTER TABLE openclaw.scheduled_prompts DROP COLUMN catch_up_runs;");
}
