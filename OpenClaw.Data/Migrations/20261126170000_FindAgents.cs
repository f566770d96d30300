using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Among 100,000 agents a search reads text that is in lower case already, and counts and lists by name read an index.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126170000_FindAgents")]
public sealed class FindAgents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.agents ADD COLUMN search text GENERATED ALWAYS AS (lower(name || E'\n' || model)) STORED;
        CREATE INDEX ix_agents_name ON openclaw.agents (user_id, name, id);
        CREATE INDEX ix_agents_user_id ON openclaw.agents (user_id, status, degraded_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw.ix_agents_user_id;
        DROP INDEX openclaw.ix_agents_name;
        ALTER TABLE openclaw.agents DROP COLUMN search;
        """);
}
