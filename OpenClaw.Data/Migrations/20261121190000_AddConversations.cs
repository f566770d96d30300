using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Conversations of agents that run on models, whose turn it is at an agent, and what turns take.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121190000_AddConversations")]
public sealed class AddConversations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.conversation_turns (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            agent_id      uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            session_key   text NOT NULL,
            turn_key      text NOT NULL UNIQUE,
            model         text NOT NULL,
            message       text NOT NULL,
            reply         text NOT NULL,
            input_tokens  bigint,
            output_tokens bigint,
            created_at    timestamptz NOT NULL DEFAULT now(),
            forgotten_at  timestamptz
        );
        CREATE INDEX ix_conversation_turns_session ON openclaw.conversation_turns (agent_id, session_key, id) WHERE forgotten_at IS NULL;

        CREATE TABLE openclaw.agent_usage (
            agent_id      uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            day           date NOT NULL,
            turns         bigint NOT NULL,
            input_tokens  bigint NOT NULL,
            output_tokens bigint NOT NULL,
            PRIMARY KEY (agent_id, day)
        );

        CREATE TABLE openclaw.turn_leases (
            agent_id    uuid PRIMARY KEY REFERENCES openclaw.agents ON DELETE CASCADE,
            turn_key    text NOT NULL,
            executor_id text NOT NULL,
            until       timestamptz NOT NULL
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.turn_leases;
        DROP TABLE openclaw.agent_usage;
        DROP TABLE openclaw.conversation_turns;
        """);
}
