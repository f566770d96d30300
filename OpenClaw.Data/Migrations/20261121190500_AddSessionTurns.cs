using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Agents that a process connected to the gateway serves, and the turns that it is to take.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121190500_AddSessionTurns")]
public sealed class AddSessionTurns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.session_servers (
            agent_id      uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            connection_id text NOT NULL,
            executor_id   text NOT NULL,
            since         timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (agent_id, connection_id)
        );
        CREATE INDEX ix_session_servers_connection_id ON openclaw.session_servers (connection_id);

        CREATE TABLE openclaw.session_turns (
            turn_key      text PRIMARY KEY,
            agent_id      uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            session_key   text NOT NULL,
            kind          text NOT NULL,
            message       text NOT NULL,
            connection_id text,
            deliveries    integer NOT NULL DEFAULT 0,
            reply         text,
            error         text,
            input_tokens  bigint,
            output_tokens bigint,
            created_at    timestamptz NOT NULL DEFAULT now(),
            wanted_until  timestamptz NOT NULL,
            answered_at   timestamptz
        );
        CREATE INDEX ix_session_turns_waiting ON openclaw.session_turns (agent_id, created_at) WHERE answered_at IS NULL;
        CREATE INDEX ix_session_turns_created_at ON openclaw.session_turns (created_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.session_turns;
        DROP TABLE openclaw.session_servers;
        """);
}
