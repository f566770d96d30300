using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Messages that agents are sent on schedule, and the way from a message to its reply.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121153000_AddScheduledPrompts")]
public sealed class AddScheduledPrompts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.scheduled_prompts (
            id               uuid PRIMARY KEY,
            agent_id         uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            session_key      text,
            name             text NOT NULL,
            message          text NOT NULL,
            cron             text,
            time_zone        text,
            every            interval,
            run_at           timestamptz,
            enabled          boolean NOT NULL,
            delete_after_run boolean NOT NULL,
            job_id           text,
            last_run_at      timestamptz,
            created_at       timestamptz NOT NULL DEFAULT now(),
            updated_at       timestamptz NOT NULL DEFAULT now(),
            CHECK (num_nonnulls(cron, every, run_at) = 1)
        );
        CREATE INDEX ix_scheduled_prompts_agent_id ON openclaw.scheduled_prompts (agent_id);
        CREATE INDEX IF NOT EXISTS ix_notifications_reply_to ON openclaw_system.notifications (reply_to) WHERE reply_to IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw_system.ix_notifications_reply_to;
        DROP TABLE openclaw.scheduled_prompts;
        """);
}
