using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Keys of programs, and which key a client's inbox belongs to.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127053000_AddApiKeys")]
public sealed class AddApiKeys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.api_keys (
            id                  text PRIMARY KEY,
            owner               text NOT NULL,
            name                text NOT NULL,
            scopes              text[] NOT NULL,
            agent_ids           uuid[] NOT NULL,
            addresses           text[] NOT NULL,
            requests_per_minute integer,
            hash                bytea NOT NULL,
            previous_hash       bytea,
            previous_until      timestamptz,
            created_by          text NOT NULL,
            created_at          timestamptz NOT NULL DEFAULT now(),
            expires_at          timestamptz,
            revoked_at          timestamptz,
            last_used_at        timestamptz,
            last_used_from      text
        );
        CREATE UNIQUE INDEX ux_api_keys_owner_name ON openclaw.api_keys (owner, name) WHERE revoked_at IS NULL;

        CREATE TABLE openclaw.client_instances (
            instance_id text PRIMARY KEY,
            key_id      text NOT NULL REFERENCES openclaw.api_keys (id),
            created_at  timestamptz NOT NULL DEFAULT now()
        );
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.client_instances; DROP TABLE openclaw.api_keys;");
}
