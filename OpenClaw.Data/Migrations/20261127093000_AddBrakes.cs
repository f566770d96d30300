using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What keeps turns from beginning: brakes that people set, and breakers of providers.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127093000_AddBrakes")]
public sealed class AddBrakes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.brakes (
            id               uuid PRIMARY KEY,
            scope            text NOT NULL UNIQUE,
            owner            text,
            agent_id         uuid,
            mode             text NOT NULL CHECK (mode IN ('no_new_turns', 'abort')),
            reason           text,
            set_by           text NOT NULL,
            set_at           timestamptz NOT NULL DEFAULT now(),
            released_at      timestamptz,
            released_by      text,
            released_through uuid,
            step_at          timestamptz
        );

        CREATE TABLE openclaw.provider_breakers (
            provider    text PRIMARY KEY,
            failures    integer NOT NULL,
            code        text NOT NULL,
            reason      text NOT NULL,
            models      text[] NOT NULL,
            is_whole    boolean NOT NULL,
            failed_at   timestamptz NOT NULL,
            open_until  timestamptz,
            rests       integer NOT NULL,
            probe_until timestamptz,
            probe_key   text
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.provider_breakers; DROP TABLE openclaw.brakes;");
}
