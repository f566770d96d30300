using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What people write about a prompt and beside it, and where its reply goes.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126210000_DescribePrompts")]
public sealed class DescribePrompts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.scheduled_prompts
            ADD COLUMN display_name   text,
            ADD COLUMN description    text,
            ADD COLUMN thinking       text,
            ADD COLUMN deliver_to     text,
            ADD COLUMN notes          text,
            ADD COLUMN notes_revision integer,
            ADD COLUMN notes_at       timestamptz;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.scheduled_prompts DROP COLUMN display_name, DROP COLUMN description, DROP COLUMN thinking, DROP COLUMN deliver_to,
            DROP COLUMN notes, DROP COLUMN notes_revision, DROP COLUMN notes_at;
        """);
}
