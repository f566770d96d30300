using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Codes that let one device in.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127161000_AddDeviceSetups")]
public sealed class AddDeviceSetups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.device_setups (
            setup_id     uuid PRIMARY KEY,
            hash         bytea NOT NULL UNIQUE,
            access       text NOT NULL CHECK (access IN ('full', 'limited', 'node')),
            created_by   text NOT NULL,
            created_at   timestamptz NOT NULL,
            expires_at   timestamptz NOT NULL,
            device_id    text,
            device_name  text,
            completed_at timestamptz
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.device_setups;");
}
