using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What the heartbeat schedule needs of an agent: its active hours, its beat under way, and how its beats went.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121080000_AddHeartbeatSchedule")]
public sealed class AddHeartbeatSchedule : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.agents
            ADD COLUMN heartbeat_active_hours  jsonb,
            ADD COLUMN heartbeat_claimed_until timestamptz,
            ADD COLUMN heartbeat_failures      integer NOT NULL DEFAULT 0,
            ADD COLUMN degraded_at             timestamptz;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.agents
            DROP COLUMN heartbeat_active_hours, DROP COLUMN heartbeat_claimed_until, DROP COLUMN heartbeat_failures, DROP COLUMN degraded_at;
        """);
}
