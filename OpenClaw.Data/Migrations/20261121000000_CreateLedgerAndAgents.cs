using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>The first schema: the workflow ledger, agents with their checkpoints and heartbeats, and messages.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121000000_CreateLedgerAndAgents")]
public sealed class CreateLedgerAndAgents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Ledger);
        migrationBuilder.Sql(Agents);
        migrationBuilder.Sql(Messages);
        migrationBuilder.Sql(Security);
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP SCHEMA openclaw_system CASCADE; DROP SCHEMA openclaw CASCADE;");

    // The partial index on due_at is the only one that names a column which changes while a run is under way, and
    // due_at is moved lazily: most updates of a run stay heap-only.
    private const string Ledger =
        """
        CREATE SCHEMA IF NOT EXISTS openclaw_system;
        CREATE SCHEMA IF NOT EXISTS openclaw;

        CREATE TABLE openclaw_system.workflow_status (
            workflow_uuid       uuid PRIMARY KEY,
            name                text NOT NULL,
            version             integer NOT NULL,
            mode                text NOT NULL CHECK (mode IN ('chained', 'inline')),
            status              text NOT NULL CHECK (status IN ('ENQUEUED', 'PENDING', 'SUCCESS', 'ERROR', 'CANCELLED', 'RETRIES_EXCEEDED')),
            agent_id            uuid,
            owner               text NOT NULL,
            request             jsonb NOT NULL,
            output              jsonb,
            error               jsonb,
            idempotency_key     text,
            next_step           integer NOT NULL DEFAULT 0,
            executor_id         text,
            lease_epoch         integer NOT NULL DEFAULT 0,
            recovery_attempts   integer NOT NULL DEFAULT 0,
            parent_uuid         uuid,
            forked_from         uuid,
            deadline_at         timestamptz,
            due_at              timestamptz NOT NULL,
            cancel_requested_at timestamptz,
            traceparent         text,
            created_at          timestamptz NOT NULL DEFAULT now(),
            updated_at          timestamptz NOT NULL DEFAULT now(),
            started_at          timestamptz,
            completed_at        timestamptz
        ) WITH (fillfactor = 70);
        CREATE UNIQUE INDEX ix_workflow_status_owner_idempotency_key ON openclaw_system.workflow_status (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
        CREATE INDEX ix_workflow_status_due_at ON openclaw_system.workflow_status (due_at) WHERE status IN ('ENQUEUED', 'PENDING');
        CREATE INDEX ix_workflow_status_agent_id ON openclaw_system.workflow_status (agent_id, workflow_uuid) WHERE agent_id IS NOT NULL;
        CREATE INDEX ix_workflow_status_failed ON openclaw_system.workflow_status (workflow_uuid) WHERE status IN ('ERROR', 'RETRIES_EXCEEDED');

        CREATE TABLE openclaw_system.operation_outputs (
            workflow_uuid uuid NOT NULL REFERENCES openclaw_system.workflow_status ON DELETE CASCADE,
            function_id   integer NOT NULL,
            function_name text NOT NULL,
            output        jsonb,
            error         jsonb,
            attempts      integer NOT NULL DEFAULT 0,
            failures      integer NOT NULL DEFAULT 0,
            lease_epoch   integer NOT NULL DEFAULT 0,
            executor_id   text,
            job_id        text,
            started_at    timestamptz,
            completed_at  timestamptz,
            PRIMARY KEY (workflow_uuid, function_id)
        ) WITH (fillfactor = 70);

        CREATE TABLE openclaw_system.workflow_events (
            workflow_uuid uuid NOT NULL REFERENCES openclaw_system.workflow_status ON DELETE CASCADE,
            seq           bigint GENERATED ALWAYS AS IDENTITY,
            kind          text NOT NULL,
            step          text,
            actor         text NOT NULL,
            reason        text,
            data          jsonb,
            created_at    timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (workflow_uuid, seq)
        );

        CREATE TABLE openclaw_system.executors (
            executor_id text PRIMARY KEY,
            node        text NOT NULL,
            pid         integer NOT NULL,
            version     text NOT NULL,
            started_at  timestamptz NOT NULL DEFAULT now(),
            beat_at     timestamptz NOT NULL DEFAULT now(),
            stopped_at  timestamptz,
            stop_reason text
        );
        CREATE INDEX ix_executors_alive ON openclaw_system.executors (node) WHERE stopped_at IS NULL;
        """;

    private const string Agents =
        """
        CREATE TABLE openclaw.agents (
            id                   uuid PRIMARY KEY,
            name                 text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
            persona              text,
            model                text NOT NULL,
            user_id              text NOT NULL,
            status               text NOT NULL CHECK (status IN ('provisioning', 'running', 'paused', 'stopped', 'failed')),
            operation            text CHECK (operation IN ('provision', 'pause', 'resume', 'stop')),
            operation_workflow   uuid,
            openclaw_session_key text NOT NULL,
            openclaw_agent_id    text,
            heartbeat_enabled    boolean NOT NULL,
            heartbeat_interval   interval NOT NULL,
            heartbeat_checklist  text[] NOT NULL,
            last_heartbeat_at    timestamptz,
            next_heartbeat_at    timestamptz,
            configuration        jsonb NOT NULL,
            error_message        text,
            error_count          integer NOT NULL DEFAULT 0,
            created_at           timestamptz NOT NULL DEFAULT now(),
            updated_at           timestamptz NOT NULL DEFAULT now(),
            provisioned_at       timestamptz,
            paused_at            timestamptz,
            stopped_at           timestamptz
        );
        CREATE UNIQUE INDEX ix_agents_openclaw_session_key ON openclaw.agents (openclaw_session_key);
        CREATE INDEX ix_agents_status ON openclaw.agents (status, id);
        CREATE INDEX ix_agents_next_heartbeat_at ON openclaw.agents (next_heartbeat_at) WHERE next_heartbeat_at IS NOT NULL;

        CREATE TABLE openclaw.agent_checkpoints (
            id             uuid PRIMARY KEY,
            agent_id       uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            number         integer NOT NULL,
            format_version integer NOT NULL,
            state          jsonb NOT NULL,
            workflow_uuid  uuid NOT NULL UNIQUE,
            created_at     timestamptz NOT NULL DEFAULT now()
        );
        CREATE UNIQUE INDEX ix_agent_checkpoints_number ON openclaw.agent_checkpoints (agent_id, number);

        CREATE TABLE openclaw.heartbeat_executions (
            id                uuid PRIMARY KEY,
            agent_id          uuid NOT NULL REFERENCES openclaw.agents ON DELETE CASCADE,
            workflow_uuid     uuid NOT NULL UNIQUE,
            status            text NOT NULL CHECK (status IN ('running', 'ok', 'alert', 'failed', 'skipped')),
            checklist_results jsonb,
            reason            text,
            due_at            timestamptz NOT NULL,
            started_at        timestamptz NOT NULL DEFAULT now(),
            completed_at      timestamptz
        );
        CREATE INDEX ix_heartbeat_executions_agent_id ON openclaw.heartbeat_executions (agent_id, id);
        """;

    private const string Messages =
        """
        CREATE TABLE openclaw_system.notifications (
            id            uuid PRIMARY KEY,
            message_id    text NOT NULL,
            sender        text NOT NULL,
            recipient     text NOT NULL,
            agent_id      uuid,
            session_key   text,
            content       text NOT NULL,
            metadata      jsonb NOT NULL,
            sequence      bigint GENERATED ALWAYS AS IDENTITY,
            state         text NOT NULL CHECK (state IN ('accepted', 'parked', 'delivered', 'dead')),
            state_reason  text,
            attempts      integer NOT NULL DEFAULT 0,
            workflow_uuid uuid,
            reply_to      uuid,
            expires_at    timestamptz NOT NULL,
            created_at    timestamptz NOT NULL DEFAULT now(),
            delivered_at  timestamptz,
            acked_at      timestamptz
        );
        CREATE UNIQUE INDEX ix_notifications_sender_message_id ON openclaw_system.notifications (sender, message_id);
        CREATE INDEX ix_notifications_agent_id ON openclaw_system.notifications (agent_id, sequence) WHERE agent_id IS NOT NULL;
        CREATE INDEX ix_notifications_waiting ON openclaw_system.notifications (recipient, sequence) WHERE state IN ('accepted', 'parked');
        """;

    private const string Security =
        """
        CREATE TABLE openclaw.audit_log (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            actor      text NOT NULL,
            action     text NOT NULL,
            subject    text NOT NULL,
            detail     text,
            created_at timestamptz NOT NULL DEFAULT now()
        );
        CREATE INDEX ix_audit_log_subject ON openclaw.audit_log (subject, id);

        CREATE TABLE openclaw.idempotency_keys (
            owner       text NOT NULL,
            key         text NOT NULL,
            fingerprint bytea NOT NULL,
            decision    jsonb NOT NULL,
            created_at  timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (owner, key)
        );

        CREATE TABLE openclaw.data_protection_keys (
            friendly_name text PRIMARY KEY,
            xml           text NOT NULL
        );
        """;
}
