using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Conversations, as clients of the gateway list them.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121130000_AddSessions")]
public sealed class AddSessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.sessions (
            key            text PRIMARY KEY,
            session_id     uuid NOT NULL,
            agent_id       uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            label          text,
            created_at     timestamptz NOT NULL DEFAULT now(),
            updated_at     timestamptz NOT NULL DEFAULT now(),
            reset_sequence bigint NOT NULL DEFAULT 0
        );
        CREATE INDEX ix_sessions_agent_id ON openclaw.sessions (agent_id, updated_at);
        CREATE INDEX ix_sessions_updated_at ON openclaw.sessions (updated_at);
        CREATE INDEX ix_notifications_session_key ON openclaw_system.notifications (session_key, sequence) WHERE session_key IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw_system.ix_notifications_session_key;
        DROP TABLE openclaw.sessions;
        """);
}
