using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Whose session it is, when an issuer has said so, and what they may do. Those that are there began with the token.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127080000_KnowPeople")]
public sealed class KnowPeople : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw.browser_sessions
            ADD COLUMN role    text NOT NULL DEFAULT 'admin' CHECK (role IN ('viewer', 'operator', 'admin')),
            ADD COLUMN issuer  text,
            ADD COLUMN subject text,
            ADD COLUMN name    text,
            ADD COLUMN email   text,
            ADD CONSTRAINT ck_browser_sessions_person CHECK ((issuer IS NULL) = (subject IS NULL) AND (issuer IS NOT NULL OR (role = 'admin' AND name IS NULL AND email IS NULL)));
        ALTER TABLE openclaw.browser_sessions ALTER COLUMN role DROP DEFAULT;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DELETE FROM openclaw.browser_sessions WHERE issuer IS NOT NULL;
        ALTER TABLE openclaw.browser_sessions DROP COLUMN role, DROP COLUMN issuer, DROP COLUMN subject, DROP COLUMN name, DROP COLUMN email;
        """);
}
