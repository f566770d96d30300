using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Retention finds the turns that no model is shown any more.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121204500_IndexForgottenTurns")]
public sealed class IndexForgottenTurns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "CREATE INDEX ix_conversation_turns_forgotten_at ON openclaw.conversation_turns (forgotten_at) WHERE forgotten_at IS NOT NULL;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX openclaw.ix_conversation_turns_forgotten_at;");
}
