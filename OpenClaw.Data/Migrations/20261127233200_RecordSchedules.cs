using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What became of each time at which a prompt was due, and what is done when one overlaps another, is late, or fails.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127233200_RecordSchedules")]
public sealed class RecordSchedules : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.scheduled_prompts
            ADD COLUMN overlap text NOT NULL DEFAULT 'queue' CHECK (overlap IN ('queue', 'skip', 'cancel')),
            ADD COLUMN catch_up interval,
            ADD COLUMN pause_after integer CHECK (pause_after > 0),
            ADD COLUMN due_at timestamptz;

        CREATE TABLE openclaw.schedule_runs (
            id          uuid PRIMARY KEY,
            schedule_id uuid NOT NULL,
            owner       text NOT NULL,
            due_at      timestamptz NOT NULL,
            firing      text,
            outcome     text NOT NULL CHECK (outcome IN ('ran', 'late', 'skipped', 'missed', 'paused')),
            message_id  uuid,
            reason      text,
            created_at  timestamptz NOT NULL
        );
        CREATE INDEX ix_schedule_runs_schedule_id ON openclaw.schedule_runs (schedule_id, id);
        CREATE UNIQUE INDEX ix_schedule_runs_firing ON openclaw.schedule_runs (schedule_id, firing);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.schedule_runs;
        ALTER TABLE openclaw.scheduled_prompts DROP COLUMN overlap, DROP COLUMN catch_up, DROP COLUMN pause_after, DROP COLUMN due_at;
        """);
}
