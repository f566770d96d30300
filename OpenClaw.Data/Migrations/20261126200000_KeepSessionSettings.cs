using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What clients set for a conversation, its model among it, that it is put away, and which one it follows; a transcript is found by its id.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126200000_KeepSessionSettings")]
public sealed class KeepSessionSettings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.sessions
            ADD COLUMN settings    jsonb NOT NULL DEFAULT '{}',
            ADD COLUMN model       text,
            ADD COLUMN archived_at timestamptz,
            ADD COLUMN parent_key  text;
        CREATE INDEX ix_sessions_session_id ON openclaw.sessions (session_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw.ix_sessions_session_id;
        ALTER TABLE openclaw.sessions DROP COLUMN settings, DROP COLUMN model, DROP COLUMN archived_at, DROP COLUMN parent_key;
        """);
}
