using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>People on WhatsApp, what is written to and by them, and what owners want to be told of.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121200000_AddWhatsApp")]
public sealed class AddWhatsApp : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.contacts (
            number          text PRIMARY KEY,
            owner           text,
            name            text,
            last_inbound_at timestamptz,
            opted_out_at    timestamptz,
            turned_away_at  timestamptz,
            created_at      timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX ix_contacts_owner ON openclaw.contacts (owner) WHERE owner IS NOT NULL;

        CREATE TABLE openclaw.whatsapp_messages (
            id            uuid PRIMARY KEY,
            direction     text NOT NULL CHECK (direction IN ('in', 'out')),
            contact       text NOT NULL REFERENCES openclaw.contacts,
            owner         text,
            key           text NOT NULL,
            body          text NOT NULL,
            media         jsonb NOT NULL DEFAULT '[]',
            state         text NOT NULL CHECK (state IN (
                'pending', 'queued', 'sent', 'delivered', 'read', 'undelivered', 'failed', 'recorded', 'received', 'handled')),
            as_template   boolean NOT NULL DEFAULT false,
            despite_opt_out boolean NOT NULL DEFAULT false,
            sid           text,
            error_code    integer,
            error         text,
            repeats       integer NOT NULL DEFAULT 0,
            carries       uuid[] NOT NULL DEFAULT '{}',
            workflow_uuid uuid,
            due_at        timestamptz NOT NULL DEFAULT now(),
            tried_at      timestamptz,
            created_at    timestamptz NOT NULL DEFAULT now(),
            updated_at    timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX ix_whatsapp_messages_key ON openclaw.whatsapp_messages (direction, key);
        CREATE UNIQUE INDEX ix_whatsapp_messages_sid ON openclaw.whatsapp_messages (sid);
        CREATE INDEX ix_whatsapp_messages_contact ON openclaw.whatsapp_messages (contact, id);
        CREATE INDEX ix_whatsapp_messages_open ON openclaw.whatsapp_messages (contact, id) WHERE state IN ('pending', 'received');

        CREATE TABLE openclaw.whatsapp_senders (
            number  text PRIMARY KEY,
            free_at timestamptz NOT NULL
        );

        CREATE TABLE openclaw.notification_rules (
            owner        text PRIMARY KEY,
            events       text[],
            quiet_from   time,
            quiet_until  time,
            time_zone    text NOT NULL,
            digest_after integer NOT NULL,
            muted_until  timestamptz
        );

        CREATE INDEX ix_notifications_told ON openclaw_system.notifications (owner, id)
            WHERE recipient LIKE 'owner:%' AND reply_to IS NULL;
        CREATE INDEX ix_notifications_untold ON openclaw_system.notifications (owner, sequence)
            WHERE recipient LIKE 'owner:%' AND reply_to IS NULL AND state = 'parked';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw_system.ix_notifications_untold, openclaw_system.ix_notifications_told;
        DROP TABLE openclaw.notification_rules, openclaw.whatsapp_senders, openclaw.whatsapp_messages, openclaw.contacts;
        """);
}
