using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>How long a turn may take and what becomes of a message that comes while one is under way; and what a process outside says while it is at one.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127112000_SayHowTurnsGo")]
public sealed class SayHowTurnsGo : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw_system.notifications
            ADD COLUMN turn_timeout interval,
            ADD COLUMN queue_mode text CHECK (queue_mode IN ('followup', 'collect', 'interrupt', 'steer')),
            ADD COLUMN answered_with uuid;

        ALTER TABLE openclaw.session_turns
            ADD COLUMN said text NOT NULL DEFAULT '',
            ADD COLUMN alive_at timestamptz;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.session_turns DROP COLUMN said, DROP COLUMN alive_at;
        ALTER TABLE openclaw_system.notifications DROP COLUMN turn_timeout, DROP COLUMN queue_mode, DROP COLUMN answered_with;
        """);
}
