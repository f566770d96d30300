using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Devices that were let in, their tokens, and those that ask.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126220000_AddDevices")]
public sealed class AddDevices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.devices (
            device_id        text PRIMARY KEY,
            public_key       text NOT NULL,
            display_name     text,
            label            text,
            platform         text,
            device_family    text,
            client_id        text,
            client_mode      text,
            roles            text[] NOT NULL,
            scopes           text[] NOT NULL,
            remote_ip        text,
            approved_via     text NOT NULL,
            approved_by      text NOT NULL,
            node             jsonb,
            pending_node     jsonb,
            created_at       timestamptz NOT NULL,
            approved_at      timestamptz NOT NULL,
            last_seen_at     timestamptz,
            last_seen_reason text
        );
        CREATE TABLE openclaw.device_tokens (
            device_id    text NOT NULL CONSTRAINT fk_device_tokens_devices REFERENCES openclaw.devices ON DELETE CASCADE,
            role         text NOT NULL,
            salt         bytea NOT NULL,
            hash         bytea,
            scopes       text[] NOT NULL,
            epoch        integer NOT NULL,
            created_at   timestamptz NOT NULL,
            rotated_at   timestamptz,
            revoked_at   timestamptz,
            last_used_at timestamptz,
            PRIMARY KEY (device_id, role)
        );
        CREATE TABLE openclaw.device_requests (
            request_id    uuid PRIMARY KEY,
            device_id     text NOT NULL,
            public_key    text NOT NULL,
            display_name  text,
            platform      text,
            device_family text,
            client_id     text,
            client_mode   text,
            role          text NOT NULL,
            roles         text[] NOT NULL,
            scopes        text[] NOT NULL,
            remote_ip     text,
            is_repair     boolean NOT NULL,
            silent        boolean NOT NULL,
            created_at    timestamptz NOT NULL,
            refreshed_at  timestamptz NOT NULL,
            decision      text,
            decided_at    timestamptz
        );
        CREATE INDEX ix_device_requests_device_id ON openclaw.device_requests (device_id) WHERE decision IS NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE openclaw.device_requests; DROP TABLE openclaw.device_tokens; DROP TABLE openclaw.devices;");
}
