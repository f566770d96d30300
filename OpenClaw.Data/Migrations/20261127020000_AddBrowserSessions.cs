using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Who is signed in with a browser: a cookie alone is not enough any more.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127020000_AddBrowserSessions")]
public sealed class AddBrowserSessions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.browser_sessions (
            id           bytea PRIMARY KEY,
            owner        text NOT NULL,
            stamp        text NOT NULL,
            address      text,
            created_at   timestamptz NOT NULL DEFAULT now(),
            last_used_at timestamptz NOT NULL DEFAULT now()
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.browser_sessions;");
}
