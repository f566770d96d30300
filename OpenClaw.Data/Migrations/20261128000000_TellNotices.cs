using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Subscriptions are told of notices too, in one order with the ends of runs: they have places from the same sequence.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128000000_TellNotices")]
public sealed class TellNotices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw_system.notifications ADD COLUMN event_sequence bigint;
        CREATE INDEX ix_notifications_event_sequence ON openclaw_system.notifications (event_sequence) WHERE event_sequence IS NOT NULL;
        ALTER TABLE openclaw.subscriptions ADD COLUMN refused bigint[] NOT NULL DEFAULT '{}';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "ALTER TABLE openclaw.subscriptions DROP COLUMN refused; ALTER TABLE openclaw_system.notifications DROP COLUMN event_sequence;");
}
