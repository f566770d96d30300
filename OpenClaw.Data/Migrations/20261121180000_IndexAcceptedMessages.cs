using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Finds what is under way to a recipient among a hundred thousand messages that are parked for it.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121180000_IndexAcceptedMessages")]
public sealed class IndexAcceptedMessages : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "CREATE INDEX ix_notifications_accepted ON openclaw_system.notifications (recipient, sequence) WHERE state = 'accepted'");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX openclaw_system.ix_notifications_accepted");
}
