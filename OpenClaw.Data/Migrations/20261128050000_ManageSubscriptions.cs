using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Subscriptions are described, and signed with their former secret for a while.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128050000_ManageSubscriptions")]
public sealed class ManageSubscriptions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "ALTER TABLE openclaw.subscriptions ADD COLUMN description text, ADD COLUMN former_secret text, ADD COLUMN former_secret_until timestamptz;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "ALTER TABLE openclaw.subscriptions DROP COLUMN description, DROP COLUMN former_secret, DROP COLUMN former_secret_until;");
}
