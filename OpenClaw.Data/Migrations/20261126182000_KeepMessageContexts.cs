using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>
/// What a model is shown beside the text of a message; agents are found by the plain part of their slug without reading
/// all of them; and an interval may have an expression of its own, which says from when it counts.
/// </summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126182000_KeepMessageContexts")]
public sealed class KeepMessageContexts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.message_contexts (
            message_id uuid PRIMARY KEY REFERENCES openclaw_system.notifications ON DELETE CASCADE,
            content    jsonb NOT NULL
        );

        CREATE INDEX ix_agents_slug ON openclaw.agents (user_id, left(openclaw_session_key, -13));

        ALTER TABLE openclaw.scheduled_prompts DROP CONSTRAINT scheduled_prompts_check;
        ALTER TABLE openclaw.scheduled_prompts ADD CONSTRAINT scheduled_prompts_check
            CHECK (num_nonnulls(cron, every, run_at) = 1 OR (num_nonnulls(cron, every) = 2 AND run_at IS NULL));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE openclaw.scheduled_prompts SET cron = NULL WHERE num_nonnulls(cron, every) = 2;
        ALTER TABLE openclaw.scheduled_prompts DROP CONSTRAINT scheduled_prompts_check;
        ALTER TABLE openclaw.scheduled_prompts ADD CONSTRAINT scheduled_prompts_check CHECK (num_nonnulls(cron, every, run_at) = 1);
        DROP INDEX openclaw.ix_agents_slug;
        DROP TABLE openclaw.message_contexts;
        """);
}
