using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What agents say while they are at it, so that it can be read on any node and after a crash.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127104500_KeepRunLog")]
public sealed class KeepRunLog : Migration
{
    // Thousands of short rows a second while as many turns are told, and each is removed after a day.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.run_log (
            run_id   uuid NOT NULL,
            "offset" bigint NOT NULL,
            position integer NOT NULL,
            text     text NOT NULL,
            PRIMARY KEY (run_id, "offset")
        ) WITH (autovacuum_vacuum_scale_factor = 0.05);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.run_log;");
}
