using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Who is told of events by webhook. The ends of runs are found in their order by an index of their own.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127180000_AddSubscriptions")]
public sealed class AddSubscriptions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX ix_workflow_events_ended ON openclaw_system.workflow_events (seq) WHERE kind IN ('succeeded', 'failed', 'retries_exceeded', 'cancelled');

        CREATE TABLE openclaw.event_positions (
            source   text PRIMARY KEY,
            position bigint NOT NULL
        );
        INSERT INTO openclaw.event_positions (source, position) SELECT 'workflows', coalesce(max(seq), 0) FROM openclaw_system.workflow_events;

        CREATE TABLE openclaw.subscriptions (
            id              uuid PRIMARY KEY,
            owner           text NOT NULL,
            url             text NOT NULL,
            secret          text NOT NULL,
            events          text[] NOT NULL,
            workflows       text[] NOT NULL,
            agent_ids       uuid[] NOT NULL,
            cursor          bigint NOT NULL,
            newest          bigint NOT NULL,
            attempts        integer NOT NULL DEFAULT 0,
            failing_since   timestamptz,
            last_error      text,
            next_attempt_at timestamptz NOT NULL DEFAULT now(),
            lease           uuid,
            leased_until    timestamptz,
            delivered_at    timestamptz,
            disabled_at     timestamptz,
            created_by      text NOT NULL,
            created_at      timestamptz NOT NULL DEFAULT now()
        ) WITH (fillfactor = 70);
        CREATE INDEX ix_subscriptions_owner ON openclaw.subscriptions (owner, id);
        CREATE INDEX ix_subscriptions_due ON openclaw.subscriptions (next_attempt_at) WHERE disabled_at IS NULL AND newest > cursor;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE openclaw.subscriptions; DROP TABLE openclaw.event_positions; DROP INDEX openclaw_system.ix_workflow_events_ended;");
}
