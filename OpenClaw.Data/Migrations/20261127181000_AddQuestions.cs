using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What owners are asked, and what they answered.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127181000_AddQuestions")]
public sealed class AddQuestions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.questions (
            id             uuid PRIMARY KEY,
            owner          text NOT NULL,
            key            text NOT NULL,
            asker          text NOT NULL CHECK (asker IN ('agent', 'workflow', 'budget')),
            agent_id       uuid,
            workflow_uuid  uuid,
            text           text NOT NULL,
            choices        text[] NOT NULL,
            default_choice text,
            tells_agent    boolean NOT NULL DEFAULT false,
            context        jsonb,
            state          text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'expired', 'cancelled')),
            answer         text,
            answered_by    text,
            ended_at       timestamptz,
            asked_by       text NOT NULL,
            asked_at       timestamptz NOT NULL,
            remind_at      timestamptz,
            expires_at     timestamptz NOT NULL,
            follow_up_at   timestamptz,
            UNIQUE (owner, key)
        );
        CREATE INDEX ix_questions_owner ON openclaw.questions (owner, id);
        CREATE INDEX ix_questions_open ON openclaw.questions (expires_at) WHERE state = 'open';
        CREATE INDEX ix_questions_remind_at ON openclaw.questions (remind_at) WHERE state = 'open' AND remind_at IS NOT NULL;
        CREATE INDEX ix_questions_follow_up_at ON openclaw.questions (follow_up_at) WHERE follow_up_at IS NOT NULL;
        CREATE INDEX ix_questions_workflow_uuid ON openclaw.questions (workflow_uuid) WHERE state = 'open' AND workflow_uuid IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.questions;");
}
