-- Taken on 2026-11-27 16:49:34+00 of a service of the commit 4382d3f, the last before its classes moved into rooms, by pg_dump --inserts.
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA hangfire;
CREATE SCHEMA openclaw;
CREATE SCHEMA openclaw_system;
CREATE FUNCTION openclaw_system.remove_with_workflow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM openclaw_system.operation_outputs o USING removed r WHERE o.workflow_uuid = r.workflow_uuid;
    DELETE FROM openclaw_system.workflow_events e USING removed r WHERE e.workflow_uuid = r.workflow_uuid;
    RETURN NULL;
END $$;
CREATE TABLE hangfire.aggregatedcounter (
    id bigint NOT NULL,
    key text NOT NULL,
    value bigint NOT NULL,
    expireat timestamp with time zone
);
CREATE SEQUENCE hangfire.aggregatedcounter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.aggregatedcounter_id_seq OWNED BY hangfire.aggregatedcounter.id;
CREATE TABLE hangfire.counter (
    id bigint NOT NULL,
    key text NOT NULL,
    value bigint NOT NULL,
    expireat timestamp with time zone
);
CREATE SEQUENCE hangfire.counter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.counter_id_seq OWNED BY hangfire.counter.id;
CREATE TABLE hangfire.hash (
    id bigint NOT NULL,
    key text NOT NULL,
    field text NOT NULL,
    value text,
    expireat timestamp with time zone,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.hash_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.hash_id_seq OWNED BY hangfire.hash.id;
CREATE TABLE hangfire.job (
    id bigint NOT NULL,
    stateid bigint,
    statename text,
    invocationdata jsonb NOT NULL,
    arguments jsonb NOT NULL,
    createdat timestamp with time zone NOT NULL,
    expireat timestamp with time zone,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.job_id_seq OWNED BY hangfire.job.id;
CREATE TABLE hangfire.jobparameter (
    id bigint NOT NULL,
    jobid bigint NOT NULL,
    name text NOT NULL,
    value text,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.jobparameter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.jobparameter_id_seq OWNED BY hangfire.jobparameter.id;
CREATE TABLE hangfire.jobqueue (
    id bigint NOT NULL,
    jobid bigint NOT NULL,
    queue text NOT NULL,
    fetchedat timestamp with time zone,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.jobqueue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.jobqueue_id_seq OWNED BY hangfire.jobqueue.id;
CREATE TABLE hangfire.list (
    id bigint NOT NULL,
    key text NOT NULL,
    value text,
    expireat timestamp with time zone,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.list_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.list_id_seq OWNED BY hangfire.list.id;
CREATE TABLE hangfire.lock (
    resource text NOT NULL,
    updatecount integer DEFAULT 0 NOT NULL,
    acquired timestamp with time zone
);
CREATE TABLE hangfire.schema (
    version integer NOT NULL
);
CREATE TABLE hangfire.server (
    id text NOT NULL,
    data jsonb,
    lastheartbeat timestamp with time zone NOT NULL,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE TABLE hangfire.set (
    id bigint NOT NULL,
    key text NOT NULL,
    score double precision NOT NULL,
    value text NOT NULL,
    expireat timestamp with time zone,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.set_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.set_id_seq OWNED BY hangfire.set.id;
CREATE TABLE hangfire.state (
    id bigint NOT NULL,
    jobid bigint NOT NULL,
    name text NOT NULL,
    reason text,
    createdat timestamp with time zone NOT NULL,
    data jsonb,
    updatecount integer DEFAULT 0 NOT NULL
);
CREATE SEQUENCE hangfire.state_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE hangfire.state_id_seq OWNED BY hangfire.state.id;
CREATE TABLE openclaw.__migrations (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL
);
CREATE TABLE openclaw.agent_checkpoints (
    id uuid NOT NULL,
    agent_id uuid NOT NULL,
    number integer NOT NULL,
    format_version integer NOT NULL,
    state jsonb NOT NULL,
    workflow_uuid uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE openclaw.agent_usage (
    agent_id uuid NOT NULL,
    day date NOT NULL,
    turns bigint NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL
);
CREATE TABLE openclaw.agents (
    id uuid NOT NULL,
    name text NOT NULL,
    persona text,
    model text NOT NULL,
    user_id text NOT NULL,
    status text NOT NULL,
    operation text,
    operation_workflow uuid,
    openclaw_session_key text NOT NULL,
    openclaw_agent_id text,
    heartbeat_enabled boolean NOT NULL,
    heartbeat_interval interval NOT NULL,
    heartbeat_checklist text[] NOT NULL,
    last_heartbeat_at timestamp with time zone,
    next_heartbeat_at timestamp with time zone,
    configuration jsonb NOT NULL,
    error_message text,
    error_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    provisioned_at timestamp with time zone,
    paused_at timestamp with time zone,
    stopped_at timestamp with time zone,
    heartbeat_active_hours jsonb,
    heartbeat_claimed_until timestamp with time zone,
    heartbeat_failures integer DEFAULT 0 NOT NULL,
    degraded_at timestamp with time zone,
    search text GENERATED ALWAYS AS (lower(((name || '
'::text) || model))) STORED,
    CONSTRAINT agents_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255))),
    CONSTRAINT agents_operation_check CHECK ((operation = ANY (ARRAY['provision'::text, 'pause'::text, 'resume'::text, 'stop'::text]))),
    CONSTRAINT agents_status_check CHECK ((status = ANY (ARRAY['provisioning'::text, 'running'::text, 'paused'::text, 'stopped'::text, 'failed'::text])))
);
CREATE TABLE openclaw.audit_log (
    id bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE openclaw.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME openclaw.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw.bridge_commands (
    id bigint NOT NULL,
    node text NOT NULL,
    method text NOT NULL,
    agent text NOT NULL,
    error text,
    duration interval NOT NULL,
    ended_at timestamp with time zone NOT NULL
);
ALTER TABLE openclaw.bridge_commands ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME openclaw.bridge_commands_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw.browser_sessions (
    id bytea NOT NULL,
    owner text NOT NULL,
    stamp text NOT NULL,
    address text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE openclaw.commands (
    id uuid NOT NULL,
    owner text NOT NULL,
    source text NOT NULL,
    contact text NOT NULL,
    message_id text NOT NULL,
    text text NOT NULL,
    meaning text,
    outcome text NOT NULL,
    answer text NOT NULL,
    agent_id uuid,
    workflow_uuid uuid,
    code text,
    code_expires_at timestamp with time zone,
    code_used_by text,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE openclaw.contacts (
    number text NOT NULL,
    owner text,
    name text,
    last_inbound_at timestamp with time zone,
    opted_out_at timestamp with time zone,
    turned_away_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE openclaw.conversation_turns (
    id bigint NOT NULL,
    agent_id uuid NOT NULL,
    session_key text NOT NULL,
    turn_key text NOT NULL,
    model text NOT NULL,
    message text NOT NULL,
    reply text NOT NULL,
    input_tokens bigint,
    output_tokens bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    forgotten_at timestamp with time zone
);
ALTER TABLE openclaw.conversation_turns ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME openclaw.conversation_turns_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw.data_protection_keys (
    friendly_name text NOT NULL,
    xml text NOT NULL
);
CREATE TABLE openclaw.device_requests (
    request_id uuid NOT NULL,
    device_id text NOT NULL,
    public_key text NOT NULL,
    display_name text,
    platform text,
    device_family text,
    client_id text,
    client_mode text,
    role text NOT NULL,
    roles text[] NOT NULL,
    scopes text[] NOT NULL,
    remote_ip text,
    is_repair boolean NOT NULL,
    silent boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    decision text,
    decided_at timestamp with time zone
);
CREATE TABLE openclaw.device_tokens (
    device_id text NOT NULL,
    role text NOT NULL,
    salt bytea NOT NULL,
    hash bytea,
    scopes text[] NOT NULL,
    epoch integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    rotated_at timestamp with time zone,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone
);
CREATE TABLE openclaw.devices (
    device_id text NOT NULL,
    public_key text NOT NULL,
    display_name text,
    label text,
    platform text,
    device_family text,
    client_id text,
    client_mode text,
    roles text[] NOT NULL,
    scopes text[] NOT NULL,
    remote_ip text,
    approved_via text NOT NULL,
    approved_by text NOT NULL,
    node jsonb,
    pending_node jsonb,
    created_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone,
    last_seen_reason text
);
CREATE TABLE openclaw.gateway_presence (
    connection_id text NOT NULL,
    executor_id text NOT NULL,
    entry jsonb NOT NULL,
    connected_at timestamp with time zone NOT NULL
);
CREATE TABLE openclaw.health_checks (
    name text NOT NULL,
    status text NOT NULL,
    detail text NOT NULL,
    since timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    node text NOT NULL,
    value double precision,
    degraded_from double precision,
    failed_from double precision,
    unit text,
    CONSTRAINT health_checks_status_check CHECK ((status = ANY (ARRAY['ok'::text, 'degraded'::text, 'failed'::text])))
);
CREATE TABLE openclaw.health_transitions (
    id bigint NOT NULL,
    name text NOT NULL,
    from_status text,
    to_status text NOT NULL,
    detail text NOT NULL,
    at timestamp with time zone NOT NULL,
    node text NOT NULL
);
ALTER TABLE openclaw.health_transitions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME openclaw.health_transitions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw.heartbeat_executions (
    id uuid NOT NULL,
    agent_id uuid NOT NULL,
    workflow_uuid uuid NOT NULL,
    status text NOT NULL,
    checklist_results jsonb,
    reason text,
    due_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    CONSTRAINT heartbeat_executions_status_check CHECK ((status = ANY (ARRAY['running'::text, 'ok'::text, 'alert'::text, 'failed'::text, 'skipped'::text])))
);
CREATE TABLE openclaw.idempotency_keys (
    owner text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    decision jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE openclaw.message_contexts (
    message_id uuid NOT NULL,
    content jsonb NOT NULL
);
CREATE TABLE openclaw.notification_rules (
    owner text NOT NULL,
    events text[],
    quiet_from time without time zone,
    quiet_until time without time zone,
    time_zone text NOT NULL,
    digest_after integer NOT NULL,
    muted_until timestamp with time zone
);
CREATE TABLE openclaw.scheduled_prompts (
    id uuid NOT NULL,
    agent_id uuid NOT NULL,
    session_key text,
    name text NOT NULL,
    message text NOT NULL,
    cron text,
    time_zone text,
    every interval,
    run_at timestamp with time zone,
    enabled boolean NOT NULL,
    delete_after_run boolean NOT NULL,
    job_id text,
    last_run_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    display_name text,
    description text,
    thinking text,
    deliver_to text,
    notes text,
    notes_revision integer,
    notes_at timestamp with time zone,
    CONSTRAINT scheduled_prompts_check CHECK (((num_nonnulls(cron, every, run_at) = 1) OR ((num_nonnulls(cron, every) = 2) AND (run_at IS NULL))))
);
CREATE TABLE openclaw.session_servers (
    agent_id uuid NOT NULL,
    connection_id text NOT NULL,
    executor_id text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE openclaw.session_turns (
    turn_key text NOT NULL,
    agent_id uuid NOT NULL,
    session_key text NOT NULL,
    kind text NOT NULL,
    message text NOT NULL,
    connection_id text,
    deliveries integer DEFAULT 0 NOT NULL,
    reply text,
    error text,
    input_tokens bigint,
    output_tokens bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    wanted_until timestamp with time zone NOT NULL,
    answered_at timestamp with time zone
);
CREATE TABLE openclaw.sessions (
    key text NOT NULL,
    session_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    label text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    reset_sequence bigint DEFAULT 0 NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    model text,
    archived_at timestamp with time zone,
    parent_key text
);
CREATE TABLE openclaw.turn_leases (
    agent_id uuid NOT NULL,
    turn_key text NOT NULL,
    executor_id text NOT NULL,
    until timestamp with time zone NOT NULL
);
CREATE TABLE openclaw.whatsapp_messages (
    id uuid NOT NULL,
    direction text NOT NULL,
    contact text NOT NULL,
    owner text,
    key text NOT NULL,
    body text NOT NULL,
    media jsonb DEFAULT '[]'::jsonb NOT NULL,
    state text NOT NULL,
    as_template boolean DEFAULT false NOT NULL,
    despite_opt_out boolean DEFAULT false NOT NULL,
    sid text,
    error_code integer,
    error text,
    repeats integer DEFAULT 0 NOT NULL,
    carries uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    workflow_uuid uuid,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    tried_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT whatsapp_messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT whatsapp_messages_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'undelivered'::text, 'failed'::text, 'recorded'::text, 'received'::text, 'handled'::text])))
);
CREATE TABLE openclaw.whatsapp_senders (
    number text NOT NULL,
    free_at timestamp with time zone NOT NULL
);
CREATE TABLE openclaw.work_items (
    id uuid NOT NULL,
    owner text NOT NULL,
    repository text NOT NULL,
    issue_number integer NOT NULL,
    agent_id uuid,
    workflow_uuid uuid NOT NULL,
    state text NOT NULL,
    stage text,
    detail text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT work_items_issue_number_check CHECK ((issue_number > 0))
);
CREATE TABLE openclaw.workflow_metrics (
    name text NOT NULL,
    bucket timestamp with time zone NOT NULL,
    status text NOT NULL,
    duration_bucket smallint NOT NULL,
    runs bigint NOT NULL,
    total_ms double precision NOT NULL
);
CREATE TABLE openclaw.workflow_metrics_progress (
    only_row boolean DEFAULT true NOT NULL,
    counted_until timestamp with time zone NOT NULL,
    CONSTRAINT workflow_metrics_progress_only_row_check CHECK (only_row)
);
CREATE TABLE openclaw_system.executors (
    executor_id text NOT NULL,
    node text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    beat_at timestamp with time zone DEFAULT now() NOT NULL,
    stopped_at timestamp with time zone,
    stop_reason text,
    holds_lock boolean DEFAULT false NOT NULL
);
CREATE TABLE openclaw_system.notifications (
    id uuid NOT NULL,
    message_id text NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    agent_id uuid,
    session_key text,
    content text NOT NULL,
    metadata jsonb NOT NULL,
    sequence bigint NOT NULL,
    state text NOT NULL,
    state_reason text,
    attempts integer DEFAULT 0 NOT NULL,
    workflow_uuid uuid,
    reply_to uuid,
    expires_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    delivered_at timestamp with time zone,
    acked_at timestamp with time zone,
    owner text NOT NULL,
    CONSTRAINT notifications_state_check CHECK ((state = ANY (ARRAY['accepted'::text, 'parked'::text, 'delivered'::text, 'dead'::text])))
);
ALTER TABLE openclaw_system.notifications ALTER COLUMN sequence ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME openclaw_system.notifications_sequence_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw_system.operation_outputs (
    workflow_uuid uuid NOT NULL,
    function_id integer NOT NULL,
    function_name text NOT NULL,
    output jsonb,
    error jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    lease_epoch integer DEFAULT 0 NOT NULL,
    executor_id text,
    job_id text,
    started_at timestamp with time zone,
    completed_at timestamp with time zone
)
WITH (fillfactor='70');
CREATE TABLE openclaw_system.workflow_events (
    workflow_uuid uuid NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    step text,
    actor text NOT NULL,
    reason text,
    data jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE openclaw_system.workflow_events ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME openclaw_system.workflow_events_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE openclaw_system.workflow_status (
    workflow_uuid uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    agent_id uuid,
    owner text NOT NULL,
    request jsonb NOT NULL,
    output jsonb,
    error jsonb,
    idempotency_key text,
    next_step integer DEFAULT 0 NOT NULL,
    executor_id text,
    lease_epoch integer DEFAULT 0 NOT NULL,
    recovery_attempts integer DEFAULT 0 NOT NULL,
    parent_uuid uuid,
    forked_from uuid,
    deadline_at timestamp with time zone,
    due_at timestamp with time zone NOT NULL,
    cancel_requested_at timestamp with time zone,
    traceparent text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    started_at timestamp with time zone,
    completed_at timestamp with time zone,
    queue text,
    not_before timestamp with time zone,
    CONSTRAINT workflow_status_mode_check CHECK ((mode = ANY (ARRAY['chained'::text, 'inline'::text]))),
    CONSTRAINT workflow_status_status_check CHECK ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text, 'SUCCESS'::text, 'ERROR'::text, 'CANCELLED'::text, 'RETRIES_EXCEEDED'::text])))
)
WITH (fillfactor='70');
ALTER TABLE ONLY hangfire.aggregatedcounter ALTER COLUMN id SET DEFAULT nextval('hangfire.aggregatedcounter_id_seq'::regclass);
ALTER TABLE ONLY hangfire.counter ALTER COLUMN id SET DEFAULT nextval('hangfire.counter_id_seq'::regclass);
ALTER TABLE ONLY hangfire.hash ALTER COLUMN id SET DEFAULT nextval('hangfire.hash_id_seq'::regclass);
ALTER TABLE ONLY hangfire.job ALTER COLUMN id SET DEFAULT nextval('hangfire.job_id_seq'::regclass);
ALTER TABLE ONLY hangfire.jobparameter ALTER COLUMN id SET DEFAULT nextval('hangfire.jobparameter_id_seq'::regclass);
ALTER TABLE ONLY hangfire.jobqueue ALTER COLUMN id SET DEFAULT nextval('hangfire.jobqueue_id_seq'::regclass);
ALTER TABLE ONLY hangfire.list ALTER COLUMN id SET DEFAULT nextval('hangfire.list_id_seq'::regclass);
ALTER TABLE ONLY hangfire.set ALTER COLUMN id SET DEFAULT nextval('hangfire.set_id_seq'::regclass);
ALTER TABLE ONLY hangfire.state ALTER COLUMN id SET DEFAULT nextval('hangfire.state_id_seq'::regclass);
INSERT INTO hangfire.counter VALUES
	(1, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:25.141262+00'),
	(2, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:26.141262+00'),
	(3, 'stats:succeeded', 1, NULL),
	(4, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:25.153096+00'),
	(5, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:26.153096+00'),
	(6, 'stats:succeeded', 1, NULL),
	(7, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:26.566006+00'),
	(8, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:27.566006+00'),
	(9, 'stats:succeeded', 1, NULL),
	(10, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:26.593194+00'),
	(11, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:27.593194+00'),
	(12, 'stats:succeeded', 1, NULL),
	(13, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:26.627909+00'),
	(14, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:27.627909+00'),
	(15, 'stats:succeeded', 1, NULL),
	(16, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:26.669288+00'),
	(17, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:27.669288+00'),
	(18, 'stats:succeeded', 1, NULL),
	(19, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:26.805027+00'),
	(20, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:27.805027+00'),
	(21, 'stats:succeeded', 1, NULL),
	(22, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.085942+00'),
	(23, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.085942+00'),
	(24, 'stats:succeeded', 1, NULL),
	(25, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.101072+00'),
	(26, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.101072+00'),
	(27, 'stats:succeeded', 1, NULL),
	(28, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.119033+00'),
	(29, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.119033+00'),
	(30, 'stats:succeeded', 1, NULL),
	(31, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.151574+00'),
	(32, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.151574+00'),
	(33, 'stats:succeeded', 1, NULL),
	(34, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.157429+00'),
	(35, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.157429+00'),
	(36, 'stats:succeeded', 1, NULL),
	(37, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.179159+00'),
	(38, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.179159+00'),
	(39, 'stats:succeeded', 1, NULL),
	(40, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.394457+00'),
	(41, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.394457+00'),
	(42, 'stats:succeeded', 1, NULL),
	(43, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.412337+00'),
	(44, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.412337+00'),
	(45, 'stats:succeeded', 1, NULL),
	(46, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.42775+00'),
	(47, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.42775+00'),
	(48, 'stats:succeeded', 1, NULL),
	(49, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.455821+00'),
	(50, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.455821+00'),
	(51, 'stats:succeeded', 1, NULL),
	(52, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.493983+00'),
	(53, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.493983+00'),
	(54, 'stats:succeeded', 1, NULL),
	(55, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.716436+00'),
	(56, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.716436+00'),
	(57, 'stats:succeeded', 1, NULL),
	(58, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.727897+00'),
	(59, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.727897+00'),
	(60, 'stats:succeeded', 1, NULL),
	(61, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.743193+00'),
	(62, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.743193+00'),
	(63, 'stats:succeeded', 1, NULL),
	(64, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.748437+00'),
	(65, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.748437+00'),
	(66, 'stats:succeeded', 1, NULL),
	(67, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.763562+00'),
	(68, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.763562+00'),
	(69, 'stats:succeeded', 1, NULL),
	(70, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.866509+00'),
	(71, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.866509+00'),
	(72, 'stats:succeeded', 1, NULL),
	(73, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.882531+00'),
	(74, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.882531+00'),
	(75, 'stats:succeeded', 1, NULL),
	(76, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.897101+00'),
	(77, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.897101+00'),
	(78, 'stats:succeeded', 1, NULL),
	(79, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.91294+00'),
	(80, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.91294+00'),
	(81, 'stats:succeeded', 1, NULL),
	(82, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:27.935459+00'),
	(83, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:28.935459+00'),
	(84, 'stats:succeeded', 1, NULL),
	(85, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.067042+00'),
	(86, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.067042+00'),
	(87, 'stats:succeeded', 1, NULL),
	(88, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.077759+00'),
	(89, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.077759+00'),
	(90, 'stats:succeeded', 1, NULL),
	(91, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.088448+00'),
	(92, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.088448+00'),
	(93, 'stats:succeeded', 1, NULL),
	(94, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.101222+00'),
	(95, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.101222+00'),
	(96, 'stats:succeeded', 1, NULL),
	(97, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.114017+00'),
	(98, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.114017+00'),
	(99, 'stats:succeeded', 1, NULL),
	(100, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.262018+00');
INSERT INTO hangfire.counter VALUES
	(101, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.262018+00'),
	(102, 'stats:succeeded', 1, NULL),
	(103, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.275805+00'),
	(104, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.275805+00'),
	(105, 'stats:succeeded', 1, NULL),
	(106, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.285304+00'),
	(107, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.285304+00'),
	(108, 'stats:succeeded', 1, NULL),
	(109, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.302771+00'),
	(110, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.302771+00'),
	(111, 'stats:succeeded', 1, NULL),
	(136, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:29.092998+00'),
	(137, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:30.092998+00'),
	(138, 'stats:succeeded', 1, NULL),
	(142, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.217334+00'),
	(143, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.217334+00'),
	(144, 'stats:succeeded', 1, NULL),
	(145, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.391014+00'),
	(146, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.391014+00'),
	(149, 'stats:succeeded', 1, NULL),
	(154, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.535208+00'),
	(155, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.535208+00'),
	(156, 'stats:succeeded', 1, NULL),
	(157, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.556196+00'),
	(158, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.556196+00'),
	(159, 'stats:succeeded', 1, NULL),
	(112, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.319559+00'),
	(113, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.319559+00'),
	(114, 'stats:succeeded', 1, NULL),
	(115, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.798358+00'),
	(116, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.798358+00'),
	(117, 'stats:succeeded', 1, NULL),
	(124, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.916851+00'),
	(125, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.916851+00'),
	(126, 'stats:succeeded', 1, NULL),
	(118, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.854773+00'),
	(119, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.854773+00'),
	(120, 'stats:succeeded', 1, NULL),
	(121, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:28.904885+00'),
	(122, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:29.904885+00'),
	(123, 'stats:succeeded', 1, NULL),
	(127, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:29.053351+00'),
	(128, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:30.053351+00'),
	(129, 'stats:succeeded', 1, NULL),
	(130, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:29.07022+00'),
	(131, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:30.07022+00'),
	(132, 'stats:succeeded', 1, NULL),
	(147, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.391269+00'),
	(148, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.391269+00'),
	(150, 'stats:succeeded', 1, NULL),
	(151, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.417856+00'),
	(152, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.417856+00'),
	(153, 'stats:succeeded', 1, NULL),
	(166, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.585749+00'),
	(167, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.585749+00'),
	(168, 'stats:succeeded', 1, NULL),
	(169, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.604229+00'),
	(170, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.604229+00'),
	(171, 'stats:succeeded', 1, NULL),
	(133, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:29.089684+00'),
	(134, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:30.089684+00'),
	(135, 'stats:succeeded', 1, NULL),
	(139, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:29.190442+00'),
	(140, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:30.190442+00'),
	(141, 'stats:succeeded', 1, NULL),
	(160, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.559472+00'),
	(161, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.559472+00'),
	(162, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.57332+00'),
	(163, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.57332+00'),
	(164, 'stats:succeeded', 1, NULL),
	(165, 'stats:succeeded', 1, NULL),
	(172, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.606801+00'),
	(173, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.606801+00'),
	(174, 'stats:succeeded', 1, NULL),
	(175, 'stats:succeeded:2026-11-27', 1, '2026-12-27 16:49:31.653889+00'),
	(176, 'stats:succeeded:2026-11-27-16', 1, '2026-11-28 16:49:32.653889+00'),
	(177, 'stats:succeeded', 1, NULL);
INSERT INTO hangfire.hash VALUES
	(1, 'recurring-job:heartbeat-sweep', 'Queue', 'default', NULL, 0),
	(2, 'recurring-job:heartbeat-sweep', 'Cron', '*/2 * * * * *', NULL, 0),
	(3, 'recurring-job:heartbeat-sweep', 'TimeZoneId', 'UTC', NULL, 0),
	(4, 'recurring-job:heartbeat-sweep', 'Job', '{"t":"OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs","m":"SweepAsync","p":["System.Threading.CancellationToken, mscorlib"],"a":[null]}', NULL, 0),
	(5, 'recurring-job:heartbeat-sweep', 'CreatedAt', '1795798164801', NULL, 0),
	(7, 'recurring-job:heartbeat-sweep', 'Misfire', '2', NULL, 0),
	(8, 'recurring-job:heartbeat-sweep', 'V', '2', NULL, 0),
	(9, 'recurring-job:workflow-metrics', 'Queue', 'default', NULL, 0),
	(10, 'recurring-job:workflow-metrics', 'Cron', '* * * * *', NULL, 0),
	(11, 'recurring-job:workflow-metrics', 'TimeZoneId', 'UTC', NULL, 0),
	(12, 'recurring-job:workflow-metrics', 'Job', '{"t":"OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs","m":"CountWorkflowsAsync","p":["System.Threading.CancellationToken, mscorlib"],"a":[null]}', NULL, 0),
	(13, 'recurring-job:workflow-metrics', 'CreatedAt', '1795798165251', NULL, 0),
	(14, 'recurring-job:workflow-metrics', 'NextExecution', '1795798200000', NULL, 0),
	(15, 'recurring-job:workflow-metrics', 'Misfire', '2', NULL, 0),
	(16, 'recurring-job:workflow-metrics', 'V', '2', NULL, 0),
	(17, 'recurring-job:message-expiry', 'Queue', 'default', NULL, 0),
	(18, 'recurring-job:message-expiry', 'Cron', '* * * * *', NULL, 0),
	(19, 'recurring-job:message-expiry', 'TimeZoneId', 'UTC', NULL, 0),
	(20, 'recurring-job:message-expiry', 'Job', '{"t":"OpenClaw.Jobs.Messaging.MessageExpiry, OpenClaw.Jobs","m":"RunAsync","p":["System.Threading.CancellationToken, mscorlib"],"a":[null]}', NULL, 0),
	(21, 'recurring-job:message-expiry', 'CreatedAt', '1795798165274', NULL, 0),
	(22, 'recurring-job:message-expiry', 'NextExecution', '1795798200000', NULL, 0),
	(23, 'recurring-job:message-expiry', 'Misfire', '2', NULL, 0),
	(24, 'recurring-job:message-expiry', 'V', '2', NULL, 0),
	(25, 'recurring-job:routing-check', 'Queue', 'default', NULL, 0),
	(26, 'recurring-job:routing-check', 'Cron', '*/5 * * * *', NULL, 0),
	(27, 'recurring-job:routing-check', 'TimeZoneId', 'UTC', NULL, 0),
	(28, 'recurring-job:routing-check', 'Job', '{"t":"OpenClaw.Jobs.Monitoring.Routing.RoutingJobs, OpenClaw.Jobs","m":"CheckAsync","p":["System.Threading.CancellationToken, mscorlib"],"a":[null]}', NULL, 0),
	(29, 'recurring-job:routing-check', 'CreatedAt', '1795798165281', NULL, 0),
	(30, 'recurring-job:routing-check', 'NextExecution', '1795798200000', NULL, 0),
	(31, 'recurring-job:routing-check', 'Misfire', '2', NULL, 0),
	(32, 'recurring-job:routing-check', 'V', '2', NULL, 0),
	(33, 'recurring-job:retention', 'Queue', 'default', NULL, 0),
	(34, 'recurring-job:retention', 'Cron', '17 * * * *', NULL, 0),
	(35, 'recurring-job:retention', 'TimeZoneId', 'UTC', NULL, 0),
	(36, 'recurring-job:retention', 'Job', '{"t":"OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs","m":"RemoveOldAsync","p":["System.Threading.CancellationToken, mscorlib"],"a":[null]}', NULL, 0),
	(37, 'recurring-job:retention', 'CreatedAt', '1795798165299', NULL, 0),
	(38, 'recurring-job:retention', 'NextExecution', '1795799820000', NULL, 0),
	(39, 'recurring-job:retention', 'Misfire', '2', NULL, 0),
	(40, 'recurring-job:retention', 'V', '2', NULL, 0),
	(41, 'recurring-job:heartbeat-sweep', 'LastExecution', '1795798172000', NULL, 0),
	(6, 'recurring-job:heartbeat-sweep', 'NextExecution', '1795798174000', NULL, 0),
	(42, 'recurring-job:heartbeat-sweep', 'LastJobId', '49', NULL, 0);
INSERT INTO hangfire.job VALUES
	(1, 5, 'Succeeded', '{"Type": "OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs", "Method": "Canary", "Arguments": "[]", "ParameterTypes": "[]"}', '[]', '2026-11-27 16:49:25.19132+00', '2026-11-27 22:49:26.141262+00', 0),
	(2, 6, 'Succeeded', '{"Type": "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs", "Method": "SweepAsync", "Arguments": "[null]", "ParameterTypes": "[\"System.Threading.CancellationToken, mscorlib\"]"}', '[null]', '2026-11-27 16:49:26.114269+00', '2026-11-27 22:49:26.153096+00', 0),
	(5, 20, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:27.308763+00', '2026-11-27 22:49:27.627909+00', 0),
	(3, 14, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\"", "\"validate\"", null, null]', '2026-11-27 16:49:27.278536+00', '2026-11-27 22:49:27.566006+00', 0),
	(4, 17, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:27.28315+00', '2026-11-27 22:49:27.593194+00', 0),
	(6, 23, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:27.313559+00', '2026-11-27 22:49:27.669288+00', 0),
	(21, 80, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7449-7989-b499-65953ff34fb3\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7449-7989-b499-65953ff34fb3\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:28.659592+00', '2026-11-27 22:49:28.727897+00', 0),
	(20, 77, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7449-7989-b499-65953ff34fb3\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7449-7989-b499-65953ff34fb3\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:28.653215+00', '2026-11-27 22:49:28.716436+00', 0),
	(19, 83, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7449-7989-b499-65953ff34fb3\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7449-7989-b499-65953ff34fb3\"", "\"validate\"", null, null]', '2026-11-27 16:49:28.650729+00', '2026-11-27 22:49:28.743193+00', 0),
	(25, 96, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7502-737f-a2f1-dca01408f82e\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7502-737f-a2f1-dca01408f82e\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:28.83768+00', '2026-11-27 22:49:28.882531+00', 0),
	(24, 93, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7502-737f-a2f1-dca01408f82e\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7502-737f-a2f1-dca01408f82e\"", "\"validate\"", null, null]', '2026-11-27 16:49:28.836135+00', '2026-11-27 22:49:28.866509+00', 0),
	(7, 25, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-6ed1-7160-bd1b-e451ed06a52f\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:27.316974+00', '2026-11-27 22:49:27.805027+00', 0),
	(10, 39, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-71db-7091-bb73-6b00ba60adf5\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-71db-7091-bb73-6b00ba60adf5\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:28.04169+00', '2026-11-27 22:49:28.119033+00', 0),
	(8, 33, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-71db-7091-bb73-6b00ba60adf5\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-71db-7091-bb73-6b00ba60adf5\"", "\"validate\"", null, null]', '2026-11-27 16:49:28.031936+00', '2026-11-27 22:49:28.085942+00', 0),
	(9, 36, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-71db-7091-bb73-6b00ba60adf5\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-71db-7091-bb73-6b00ba60adf5\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:28.034305+00', '2026-11-27 22:49:28.101072+00', 0),
	(50, 182, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Runners.RunnerJobs, OpenClaw.Jobs", "Queue": "runners", "Method": "RunAsync", "Arguments": "[\"\\\"heartbeats\\\"\",null,null]", "ParameterTypes": "[\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"heartbeats\"", null, null]', '2026-11-27 16:49:32.215289+00', NULL, 0),
	(11, 44, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-71db-7091-bb73-6b00ba60adf5\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-71db-7091-bb73-6b00ba60adf5\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:28.051293+00', '2026-11-27 22:49:28.151574+00', 0),
	(13, 46, 'Succeeded', '{"Type": "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs", "Method": "SweepAsync", "Arguments": "[null]", "ParameterTypes": "[\"System.Threading.CancellationToken, mscorlib\"]"}', '[null]', '2026-11-27 16:49:28.140252+00', '2026-11-27 22:49:28.157429+00', 0),
	(12, 47, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-71db-7091-bb73-6b00ba60adf5\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-71db-7091-bb73-6b00ba60adf5\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:28.054723+00', '2026-11-27 22:49:28.179159+00', 0),
	(16, 61, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-732b-726a-ad4c-4762fffb2b44\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-732b-726a-ad4c-4762fffb2b44\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:28.369878+00', '2026-11-27 22:49:28.42775+00', 0),
	(14, 56, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-732b-726a-ad4c-4762fffb2b44\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-732b-726a-ad4c-4762fffb2b44\"", "\"validate\"", null, null]', '2026-11-27 16:49:28.365114+00', '2026-11-27 22:49:28.394457+00', 0),
	(15, 58, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-732b-726a-ad4c-4762fffb2b44\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-732b-726a-ad4c-4762fffb2b44\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:28.366778+00', '2026-11-27 22:49:28.412337+00', 0),
	(17, 64, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-732b-726a-ad4c-4762fffb2b44\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-732b-726a-ad4c-4762fffb2b44\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:28.372609+00', '2026-11-27 22:49:28.455821+00', 0),
	(33, 123, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-75d1-710e-a446-8e45a9651d4c\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-75d1-710e-a446-8e45a9651d4c\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:29.051981+00', '2026-11-27 22:49:29.114017+00', 0),
	(41, 154, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7899-7e35-ba6c-e1757e119c1e\\\"\",\"\\\"capture_state\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7899-7e35-ba6c-e1757e119c1e\"", "\"capture_state\"", null, null]', '2026-11-27 16:49:29.757531+00', '2026-11-27 22:49:29.854773+00', 0),
	(42, 158, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7899-7e35-ba6c-e1757e119c1e\\\"\",\"\\\"store_checkpoint\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7899-7e35-ba6c-e1757e119c1e\"", "\"store_checkpoint\"", null, null]', '2026-11-27 16:49:29.761974+00', '2026-11-27 22:49:29.904885+00', 0),
	(45, 169, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\\\"\",\"\\\"capture_state\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\"", "\"capture_state\"", null, null]', '2026-11-27 16:49:29.968838+00', '2026-11-27 22:49:30.07022+00', 0),
	(44, 166, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\\\"\",\"\\\"quiesce\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\"", "\"quiesce\"", null, null]', '2026-11-27 16:49:29.967625+00', '2026-11-27 22:49:30.053351+00', 0),
	(18, 66, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-732b-726a-ad4c-4762fffb2b44\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-732b-726a-ad4c-4762fffb2b44\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:28.375171+00', '2026-11-27 22:49:28.493983+00', 0),
	(39, 144, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Runners.RunnerJobs, OpenClaw.Jobs", "Queue": "runners", "Method": "RunAsync", "Arguments": "[\"\\\"messages\\\"\",null,null]", "ParameterTypes": "[\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"messages\"", null, null]', '2026-11-27 16:49:29.57681+00', NULL, 0),
	(40, 152, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7899-7e35-ba6c-e1757e119c1e\\\"\",\"\\\"quiesce\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7899-7e35-ba6c-e1757e119c1e\"", "\"quiesce\"", null, null]', '2026-11-27 16:49:29.755662+00', '2026-11-27 22:49:29.798358+00', 0),
	(23, 84, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7449-7989-b499-65953ff34fb3\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7449-7989-b499-65953ff34fb3\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:28.669029+00', '2026-11-27 22:49:28.748437+00', 0),
	(22, 85, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7449-7989-b499-65953ff34fb3\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7449-7989-b499-65953ff34fb3\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:28.662563+00', '2026-11-27 22:49:28.763562+00', 0),
	(34, 131, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7689-7484-b5da-59f3d78c402f\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7689-7484-b5da-59f3d78c402f\"", "\"validate\"", null, null]', '2026-11-27 16:49:29.227688+00', '2026-11-27 22:49:29.262018+00', 0),
	(36, 137, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7689-7484-b5da-59f3d78c402f\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7689-7484-b5da-59f3d78c402f\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:29.232807+00', '2026-11-27 22:49:29.285304+00', 0),
	(35, 134, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7689-7484-b5da-59f3d78c402f\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7689-7484-b5da-59f3d78c402f\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:29.229494+00', '2026-11-27 22:49:29.275805+00', 0),
	(37, 140, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7689-7484-b5da-59f3d78c402f\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7689-7484-b5da-59f3d78c402f\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:29.235864+00', '2026-11-27 22:49:29.302771+00', 0),
	(28, 104, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7502-737f-a2f1-dca01408f82e\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7502-737f-a2f1-dca01408f82e\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:28.846874+00', '2026-11-27 22:49:28.935459+00', 0),
	(26, 99, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7502-737f-a2f1-dca01408f82e\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7502-737f-a2f1-dca01408f82e\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:28.841016+00', '2026-11-27 22:49:28.897101+00', 0),
	(27, 102, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7502-737f-a2f1-dca01408f82e\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7502-737f-a2f1-dca01408f82e\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:28.844124+00', '2026-11-27 22:49:28.91294+00', 0),
	(31, 118, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-75d1-710e-a446-8e45a9651d4c\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-75d1-710e-a446-8e45a9651d4c\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:29.047287+00', '2026-11-27 22:49:29.088448+00', 0),
	(29, 113, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-75d1-710e-a446-8e45a9651d4c\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-75d1-710e-a446-8e45a9651d4c\"", "\"validate\"", null, null]', '2026-11-27 16:49:29.042738+00', '2026-11-27 22:49:29.067042+00', 0),
	(30, 116, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-75d1-710e-a446-8e45a9651d4c\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-75d1-710e-a446-8e45a9651d4c\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:29.044201+00', '2026-11-27 22:49:29.077759+00', 0),
	(32, 122, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-75d1-710e-a446-8e45a9651d4c\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-75d1-710e-a446-8e45a9651d4c\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:29.049654+00', '2026-11-27 22:49:29.101222+00', 0),
	(38, 142, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7689-7484-b5da-59f3d78c402f\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7689-7484-b5da-59f3d78c402f\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:29.23927+00', '2026-11-27 22:49:29.319559+00', 0),
	(59, 201, 'Awaiting', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8310-73fd-9edc-9b689371097e\\\"\",\"\\\"mark_paused\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8310-73fd-9edc-9b689371097e\"", "\"mark_paused\"", null, null]', '2026-11-27 16:49:32.438217+00', NULL, 0),
	(43, 159, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-7899-7e35-ba6c-e1757e119c1e\\\"\",\"\\\"mark_paused\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-7899-7e35-ba6c-e1757e119c1e\"", "\"mark_paused\"", null, null]', '2026-11-27 16:49:29.766368+00', '2026-11-27 22:49:29.916851+00', 0),
	(48, 177, 'Succeeded', '{"Type": "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs", "Method": "SweepAsync", "Arguments": "[null]", "ParameterTypes": "[\"System.Threading.CancellationToken, mscorlib\"]"}', '[null]', '2026-11-27 16:49:30.159222+00', '2026-11-27 22:49:30.190442+00', 0),
	(47, 173, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\\\"\",\"\\\"mark_paused\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\"", "\"mark_paused\"", null, null]', '2026-11-27 16:49:29.973697+00', '2026-11-27 22:49:30.089684+00', 0),
	(46, 174, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\\\"\",\"\\\"store_checkpoint\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-796e-72c6-a2f0-6bb263c1f1a9\"", "\"store_checkpoint\"", null, null]', '2026-11-27 16:49:29.971316+00', '2026-11-27 22:49:30.092998+00', 0),
	(49, 181, 'Succeeded', '{"Type": "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs", "Method": "SweepAsync", "Arguments": "[null]", "ParameterTypes": "[\"System.Threading.CancellationToken, mscorlib\"]"}', '[null]', '2026-11-27 16:49:32.193682+00', '2026-11-27 22:49:32.217334+00', 0),
	(54, 196, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\\\"\",\"\\\"start_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\"", "\"start_heartbeat\"", null, null]', '2026-11-27 16:49:32.365247+00', NULL, 0),
	(52, 192, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\\\"\",\"\\\"store_metadata\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\"", "\"store_metadata\"", null, null]', '2026-11-27 16:49:32.361967+00', '2026-11-27 22:49:32.391014+00', 0),
	(51, 194, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\\\"\",\"\\\"validate\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\"", "\"validate\"", null, null]', '2026-11-27 16:49:32.360904+00', '2026-11-27 22:49:32.391269+00', 0),
	(53, 197, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\\\"\",\"\\\"connect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\"", "\"connect_runtime\"", null, null]', '2026-11-27 16:49:32.363731+00', '2026-11-27 22:49:32.417856+00', 0),
	(55, 187, 'Awaiting', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-82c7-73c0-9d9d-e9b13aa79818\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:32.366678+00', NULL, 0),
	(61, 219, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"restore_state\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"restore_state\"", null, null]', '2026-11-27 16:49:32.455452+00', '2026-11-27 22:49:32.556196+00', 0),
	(66, 227, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8348-7c31-8c1f-8f7657a8f193\\\"\",\"\\\"quiesce\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8348-7c31-8c1f-8f7657a8f193\"", "\"quiesce\"", null, null]', '2026-11-27 16:49:32.515905+00', '2026-11-27 22:49:32.585749+00', 0),
	(62, 233, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"reconnect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"reconnect_runtime\"", null, null]', '2026-11-27 16:49:32.457676+00', '2026-11-27 22:49:32.606801+00', 0),
	(65, 208, 'Awaiting', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"deliver_parked\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"deliver_parked\"", null, null]', '2026-11-27 16:49:32.469589+00', NULL, 0),
	(56, 214, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8310-73fd-9edc-9b689371097e\\\"\",\"\\\"quiesce\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8310-73fd-9edc-9b689371097e\"", "\"quiesce\"", null, null]', '2026-11-27 16:49:32.433549+00', '2026-11-27 22:49:32.535208+00', 0),
	(58, 224, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8310-73fd-9edc-9b689371097e\\\"\",\"\\\"store_checkpoint\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8310-73fd-9edc-9b689371097e\"", "\"store_checkpoint\"", null, null]', '2026-11-27 16:49:32.436483+00', NULL, 0),
	(57, 223, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8310-73fd-9edc-9b689371097e\\\"\",\"\\\"capture_state\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8310-73fd-9edc-9b689371097e\"", "\"capture_state\"", null, null]', '2026-11-27 16:49:32.434471+00', '2026-11-27 22:49:32.57332+00', 0),
	(60, 220, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"load_checkpoint\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"load_checkpoint\"", null, null]', '2026-11-27 16:49:32.45431+00', '2026-11-27 22:49:32.559472+00', 0),
	(67, 231, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8348-7c31-8c1f-8f7657a8f193\\\"\",\"\\\"disconnect_runtime\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8348-7c31-8c1f-8f7657a8f193\"", "\"disconnect_runtime\"", null, null]', '2026-11-27 16:49:32.519642+00', '2026-11-27 22:49:32.604229+00', 0),
	(68, 232, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8348-7c31-8c1f-8f7657a8f193\\\"\",\"\\\"mark_stopped\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8348-7c31-8c1f-8f7657a8f193\"", "\"mark_stopped\"", null, null]', '2026-11-27 16:49:32.52798+00', NULL, 0),
	(63, 236, 'Succeeded', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"restart_heartbeat\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"restart_heartbeat\"", null, null]', '2026-11-27 16:49:32.459785+00', '2026-11-27 22:49:32.653889+00', 0),
	(64, 237, 'Processing', '{"Type": "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs", "Queue": "agents", "Method": "RunStepAsync", "Arguments": "[\"\\\"01a21de9-8320-7527-9fd7-62b48019477d\\\"\",\"\\\"mark_running\\\"\",null,null]", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.String\",\"Hangfire.Server.PerformContext, Hangfire.Core\",\"System.Threading.CancellationToken, mscorlib\"]"}', '["\"01a21de9-8320-7527-9fd7-62b48019477d\"", "\"mark_running\"", null, null]', '2026-11-27 16:49:32.467752+00', NULL, 0);
INSERT INTO hangfire.jobparameter VALUES
	(1, 2, 'RecurringJobId', '"heartbeat-sweep"', 0),
	(2, 2, 'Time', '1795798166', 0),
	(3, 3, 'Continuations', '[{"JobId":"4","Options":1}]', 0),
	(4, 4, 'Continuations', '[{"JobId":"5","Options":1}]', 0),
	(5, 5, 'Continuations', '[{"JobId":"6","Options":1}]', 0),
	(6, 6, 'Continuations', '[{"JobId":"7","Options":1}]', 0),
	(7, 8, 'Continuations', '[{"JobId":"9","Options":1}]', 0),
	(8, 9, 'Continuations', '[{"JobId":"10","Options":1}]', 0),
	(9, 10, 'Continuations', '[{"JobId":"11","Options":1}]', 0),
	(10, 11, 'Continuations', '[{"JobId":"12","Options":1}]', 0),
	(11, 13, 'RecurringJobId', '"heartbeat-sweep"', 0),
	(12, 13, 'Time', '1795798168', 0),
	(13, 14, 'Continuations', '[{"JobId":"15","Options":1}]', 0),
	(14, 15, 'Continuations', '[{"JobId":"16","Options":1}]', 0),
	(15, 16, 'Continuations', '[{"JobId":"17","Options":1}]', 0),
	(16, 17, 'Continuations', '[{"JobId":"18","Options":1}]', 0),
	(17, 19, 'Continuations', '[{"JobId":"20","Options":1}]', 0),
	(18, 20, 'Continuations', '[{"JobId":"21","Options":1}]', 0),
	(19, 21, 'Continuations', '[{"JobId":"22","Options":1}]', 0),
	(20, 22, 'Continuations', '[{"JobId":"23","Options":1}]', 0),
	(21, 24, 'Continuations', '[{"JobId":"25","Options":1}]', 0),
	(22, 25, 'Continuations', '[{"JobId":"26","Options":1}]', 0),
	(23, 26, 'Continuations', '[{"JobId":"27","Options":1}]', 0),
	(24, 27, 'Continuations', '[{"JobId":"28","Options":1}]', 0),
	(25, 29, 'Continuations', '[{"JobId":"30","Options":1}]', 0),
	(26, 30, 'Continuations', '[{"JobId":"31","Options":1}]', 0),
	(27, 31, 'Continuations', '[{"JobId":"32","Options":1}]', 0),
	(28, 32, 'Continuations', '[{"JobId":"33","Options":1}]', 0),
	(29, 34, 'Continuations', '[{"JobId":"35","Options":1}]', 0),
	(30, 35, 'Continuations', '[{"JobId":"36","Options":1}]', 0),
	(31, 36, 'Continuations', '[{"JobId":"37","Options":1}]', 0),
	(32, 37, 'Continuations', '[{"JobId":"38","Options":1}]', 0),
	(33, 40, 'Continuations', '[{"JobId":"41","Options":1}]', 0),
	(34, 41, 'Continuations', '[{"JobId":"42","Options":1}]', 0),
	(35, 42, 'Continuations', '[{"JobId":"43","Options":1}]', 0),
	(36, 44, 'Continuations', '[{"JobId":"45","Options":1}]', 0),
	(37, 45, 'Continuations', '[{"JobId":"46","Options":1}]', 0),
	(38, 46, 'Continuations', '[{"JobId":"47","Options":1}]', 0),
	(39, 48, 'RecurringJobId', '"heartbeat-sweep"', 0),
	(40, 48, 'Time', '1795798170', 0),
	(41, 49, 'RecurringJobId', '"heartbeat-sweep"', 0),
	(42, 49, 'Time', '1795798172', 0),
	(43, 51, 'Continuations', '[{"JobId":"52","Options":1}]', 0),
	(44, 52, 'Continuations', '[{"JobId":"53","Options":1}]', 0),
	(45, 53, 'Continuations', '[{"JobId":"54","Options":1}]', 0),
	(46, 54, 'Continuations', '[{"JobId":"55","Options":1}]', 0),
	(47, 56, 'Continuations', '[{"JobId":"57","Options":1}]', 0),
	(48, 57, 'Continuations', '[{"JobId":"58","Options":1}]', 0),
	(49, 58, 'Continuations', '[{"JobId":"59","Options":1}]', 0),
	(50, 60, 'Continuations', '[{"JobId":"61","Options":1}]', 0),
	(51, 61, 'Continuations', '[{"JobId":"62","Options":1}]', 0),
	(52, 62, 'Continuations', '[{"JobId":"63","Options":1}]', 0),
	(53, 63, 'Continuations', '[{"JobId":"64","Options":1}]', 0),
	(54, 64, 'Continuations', '[{"JobId":"65","Options":1}]', 0),
	(55, 66, 'Continuations', '[{"JobId":"67","Options":1}]', 0),
	(56, 67, 'Continuations', '[{"JobId":"68","Options":1}]', 0);
INSERT INTO hangfire.jobqueue VALUES
	(39, 39, 'runners', '2026-11-27 16:49:29.58109+00', 1),
	(50, 50, 'runners', '2026-11-27 16:49:32.217777+00', 1),
	(54, 54, 'agents', '2026-11-27 16:49:32.412025+00', 1),
	(61, 58, 'agents', '2026-11-27 16:49:32.572343+00', 1),
	(63, 68, 'agents', '2026-11-27 16:49:32.604638+00', 1),
	(65, 64, 'agents', '2026-11-27 16:49:32.655218+00', 1);
INSERT INTO hangfire.schema VALUES
	(23);
INSERT INTO hangfire.server VALUES
	('node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266', '{"Queues": ["agents", "default", "heartbeats", "messages", "runners"], "StartedAt": "2026-11-27T16:49:25.9858802Z", "WorkerCount": 16}', '2026-11-27 16:49:25.990062+00', 0);
INSERT INTO hangfire.set VALUES
	(2, 'recurring-jobs', 1795798200, 'workflow-metrics', NULL, 0),
	(3, 'recurring-jobs', 1795798200, 'message-expiry', NULL, 0),
	(4, 'recurring-jobs', 1795798200, 'routing-check', NULL, 0),
	(5, 'recurring-jobs', 1795799820, 'retention', NULL, 0),
	(1, 'recurring-jobs', 1795798174, 'heartbeat-sweep', NULL, 0),
	(47, 'awaiting', 1795798172, '55', NULL, 0),
	(50, 'awaiting', 1795798172, '59', NULL, 0),
	(55, 'awaiting', 1795798172, '65', NULL, 0);
INSERT INTO hangfire.state VALUES
	(1, 1, 'Enqueued', NULL, '2026-11-27 16:49:25.26246+00', '{"Queue": "default", "EnqueuedAt": "1795798165167"}', 0),
	(2, 1, 'Processing', NULL, '2026-11-27 16:49:26.113227+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "aeb9be07-8024-4185-80eb-ec5582cefc8b", "StartedAt": "1795798166029"}', 0),
	(3, 2, 'Enqueued', 'Triggered by recurring job scheduler', '2026-11-27 16:49:26.123292+00', '{"Queue": "default", "EnqueuedAt": "1795798166122"}', 0),
	(4, 2, 'Processing', NULL, '2026-11-27 16:49:26.138653+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "27c129b5-15a5-4b78-91e5-4a13facce517", "StartedAt": "1795798166135"}', 0),
	(5, 1, 'Succeeded', NULL, '2026-11-27 16:49:26.142627+00', '{"Latency": "933", "SucceededAt": "1795798166132", "PerformanceDuration": "7"}', 0),
	(6, 2, 'Succeeded', NULL, '2026-11-27 16:49:26.153933+00', '{"Latency": "27", "SucceededAt": "1795798166151", "PerformanceDuration": "10"}', 0),
	(7, 3, 'Enqueued', NULL, '2026-11-27 16:49:27.280695+00', '{"Queue": "agents", "EnqueuedAt": "1795798167274"}', 0),
	(8, 4, 'Awaiting', NULL, '2026-11-27 16:49:27.303492+00', '{"Options": "1", "ParentId": "3", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(9, 5, 'Awaiting', NULL, '2026-11-27 16:49:27.312341+00', '{"Options": "1", "ParentId": "4", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(10, 6, 'Awaiting', NULL, '2026-11-27 16:49:27.315992+00', '{"Options": "1", "ParentId": "5", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(11, 7, 'Awaiting', NULL, '2026-11-27 16:49:27.318952+00', '{"Options": "1", "ParentId": "6", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(12, 3, 'Processing', NULL, '2026-11-27 16:49:27.421534+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "42c06003-8cda-490e-ac61-ce552d84a2f1", "StartedAt": "1795798167419"}', 0),
	(13, 4, 'Enqueued', NULL, '2026-11-27 16:49:27.562895+00', '{"Queue": "agents", "EnqueuedAt": "1795798167560"}', 0),
	(14, 3, 'Succeeded', NULL, '2026-11-27 16:49:27.566789+00', '{"Latency": "144", "SucceededAt": "1795798167553", "PerformanceDuration": "130"}', 0),
	(15, 4, 'Processing', NULL, '2026-11-27 16:49:27.569454+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "c38ee26b-facb-48f7-8319-9c4b381e8be0", "StartedAt": "1795798167566"}', 0),
	(16, 5, 'Enqueued', NULL, '2026-11-27 16:49:27.587475+00', '{"Queue": "agents", "EnqueuedAt": "1795798167586"}', 0),
	(17, 4, 'Succeeded', NULL, '2026-11-27 16:49:27.593538+00', '{"Latency": "287", "SucceededAt": "1795798167583", "PerformanceDuration": "13"}', 0),
	(18, 5, 'Processing', NULL, '2026-11-27 16:49:27.597106+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "1c830fee-b018-4ef3-bc74-f5b10173402f", "StartedAt": "1795798167592"}', 0),
	(19, 6, 'Enqueued', NULL, '2026-11-27 16:49:27.626005+00', '{"Queue": "agents", "EnqueuedAt": "1795798167624"}', 0),
	(20, 5, 'Succeeded', NULL, '2026-11-27 16:49:27.628403+00', '{"Latency": "289", "SucceededAt": "1795798167621", "PerformanceDuration": "22"}', 0),
	(21, 6, 'Processing', NULL, '2026-11-27 16:49:27.632383+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6d9d5b73-e51d-4d71-908f-94433e76c3d7", "StartedAt": "1795798167630"}', 0),
	(22, 7, 'Enqueued', NULL, '2026-11-27 16:49:27.66717+00', '{"Queue": "agents", "EnqueuedAt": "1795798167666"}', 0),
	(23, 6, 'Succeeded', NULL, '2026-11-27 16:49:27.669727+00', '{"Latency": "320", "SucceededAt": "1795798167663", "PerformanceDuration": "30"}', 0),
	(24, 7, 'Processing', NULL, '2026-11-27 16:49:27.670591+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "d63ae5b4-59fe-43f3-a3f4-ccd0d1fe4771", "StartedAt": "1795798167669"}', 0),
	(25, 7, 'Succeeded', NULL, '2026-11-27 16:49:27.807526+00', '{"Latency": "355", "SucceededAt": "1795798167803", "PerformanceDuration": "131"}', 0),
	(26, 8, 'Enqueued', NULL, '2026-11-27 16:49:28.032987+00', '{"Queue": "agents", "EnqueuedAt": "1795798168031"}', 0),
	(27, 9, 'Awaiting', NULL, '2026-11-27 16:49:28.037338+00', '{"Options": "1", "ParentId": "8", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(28, 10, 'Awaiting', NULL, '2026-11-27 16:49:28.046718+00', '{"Options": "1", "ParentId": "9", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(29, 11, 'Awaiting', NULL, '2026-11-27 16:49:28.053749+00', '{"Options": "1", "ParentId": "10", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(30, 12, 'Awaiting', NULL, '2026-11-27 16:49:28.056894+00', '{"Options": "1", "ParentId": "11", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(31, 8, 'Processing', NULL, '2026-11-27 16:49:28.066961+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "62053fac-6652-4182-bc92-e5fe005d96b8", "StartedAt": "1795798168064"}', 0),
	(32, 9, 'Enqueued', NULL, '2026-11-27 16:49:28.084151+00', '{"Queue": "agents", "EnqueuedAt": "1795798168082"}', 0),
	(33, 8, 'Succeeded', NULL, '2026-11-27 16:49:28.086433+00', '{"Latency": "38", "SucceededAt": "1795798168080", "PerformanceDuration": "10"}', 0),
	(34, 9, 'Processing', NULL, '2026-11-27 16:49:28.087391+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "2f4bf4cd-c6bd-4c06-9bc4-7485b605adf0", "StartedAt": "1795798168086"}', 0),
	(35, 10, 'Enqueued', NULL, '2026-11-27 16:49:28.099586+00', '{"Queue": "agents", "EnqueuedAt": "1795798168098"}', 0),
	(36, 9, 'Succeeded', NULL, '2026-11-27 16:49:28.101489+00', '{"Latency": "54", "SucceededAt": "1795798168096", "PerformanceDuration": "7"}', 0),
	(37, 10, 'Processing', NULL, '2026-11-27 16:49:28.104955+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "808bf386-258f-47f7-909e-575c8a7b6f2c", "StartedAt": "1795798168103"}', 0),
	(38, 11, 'Enqueued', NULL, '2026-11-27 16:49:28.116762+00', '{"Queue": "agents", "EnqueuedAt": "1795798168115"}', 0),
	(39, 10, 'Succeeded', NULL, '2026-11-27 16:49:28.119699+00', '{"Latency": "64", "SucceededAt": "1795798168113", "PerformanceDuration": "7"}', 0),
	(40, 11, 'Processing', NULL, '2026-11-27 16:49:28.120162+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "366ad3d3-18d7-4b91-b534-12862f6e33e0", "StartedAt": "1795798168118"}', 0),
	(41, 13, 'Enqueued', 'Triggered by recurring job scheduler', '2026-11-27 16:49:28.14196+00', '{"Queue": "default", "EnqueuedAt": "1795798168141"}', 0),
	(42, 12, 'Enqueued', NULL, '2026-11-27 16:49:28.146171+00', '{"Queue": "agents", "EnqueuedAt": "1795798168140"}', 0),
	(43, 13, 'Processing', NULL, '2026-11-27 16:49:28.147141+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "32d808c6-da35-4b58-8f8b-8c66708685bf", "StartedAt": "1795798168145"}', 0),
	(44, 11, 'Succeeded', NULL, '2026-11-27 16:49:28.1524+00', '{"Latency": "70", "SucceededAt": "1795798168136", "PerformanceDuration": "14"}', 0),
	(45, 12, 'Processing', NULL, '2026-11-27 16:49:28.155016+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "ab823b9c-5782-4fe5-ab1e-b32593fe9450", "StartedAt": "1795798168148"}', 0),
	(46, 13, 'Succeeded', NULL, '2026-11-27 16:49:28.157789+00', '{"Latency": "11", "SucceededAt": "1795798168154", "PerformanceDuration": "2"}', 0),
	(48, 14, 'Enqueued', NULL, '2026-11-27 16:49:28.365789+00', '{"Queue": "agents", "EnqueuedAt": "1795798168364"}', 0),
	(49, 15, 'Awaiting', NULL, '2026-11-27 16:49:28.36904+00', '{"Options": "1", "ParentId": "14", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(50, 16, 'Awaiting', NULL, '2026-11-27 16:49:28.371791+00', '{"Options": "1", "ParentId": "15", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(51, 17, 'Awaiting', NULL, '2026-11-27 16:49:28.374272+00', '{"Options": "1", "ParentId": "16", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(52, 18, 'Awaiting', NULL, '2026-11-27 16:49:28.376917+00', '{"Options": "1", "ParentId": "17", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(53, 14, 'Processing', NULL, '2026-11-27 16:49:28.383031+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6b701536-3ff7-4550-a0db-3cd8650685bd", "StartedAt": "1795798168381"}', 0),
	(56, 14, 'Succeeded', NULL, '2026-11-27 16:49:28.395736+00', '{"Latency": "19", "SucceededAt": "1795798168389", "PerformanceDuration": "5"}', 0),
	(57, 16, 'Enqueued', NULL, '2026-11-27 16:49:28.410573+00', '{"Queue": "agents", "EnqueuedAt": "1795798168409"}', 0),
	(59, 16, 'Processing', NULL, '2026-11-27 16:49:28.413423+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "b5401cee-198a-4d72-89fc-060c25a789e2", "StartedAt": "1795798168412"}', 0),
	(60, 17, 'Enqueued', NULL, '2026-11-27 16:49:28.426317+00', '{"Queue": "agents", "EnqueuedAt": "1795798168425"}', 0),
	(62, 17, 'Processing', NULL, '2026-11-27 16:49:28.430294+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "aeb9be07-8024-4185-80eb-ec5582cefc8b", "StartedAt": "1795798168428"}', 0),
	(64, 17, 'Succeeded', NULL, '2026-11-27 16:49:28.456232+00', '{"Latency": "61", "SucceededAt": "1795798168444", "PerformanceDuration": "10"}', 0),
	(73, 20, 'Enqueued', NULL, '2026-11-27 16:49:28.700531+00', '{"Queue": "agents", "EnqueuedAt": "1795798168699"}', 0),
	(74, 20, 'Processing', NULL, '2026-11-27 16:49:28.702872+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "c38ee26b-facb-48f7-8319-9c4b381e8be0", "StartedAt": "1795798168702"}', 0),
	(77, 20, 'Succeeded', NULL, '2026-11-27 16:49:28.716944+00', '{"Latency": "50", "SucceededAt": "1795798168707", "PerformanceDuration": "4"}', 0),
	(79, 22, 'Processing', NULL, '2026-11-27 16:49:28.724125+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6d9d5b73-e51d-4d71-908f-94433e76c3d7", "StartedAt": "1795798168722"}', 0),
	(81, 23, 'Enqueued', NULL, '2026-11-27 16:49:28.735269+00', '{"Queue": "agents", "EnqueuedAt": "1795798168734"}', 0),
	(92, 25, 'Enqueued', NULL, '2026-11-27 16:49:28.865104+00', '{"Queue": "agents", "EnqueuedAt": "1795798168864"}', 0),
	(104, 28, 'Succeeded', NULL, '2026-11-27 16:49:28.937747+00', '{"Latency": "68", "SucceededAt": "1795798168927", "PerformanceDuration": "11"}', 0),
	(117, 32, 'Enqueued', NULL, '2026-11-27 16:49:29.087163+00', '{"Queue": "agents", "EnqueuedAt": "1795798169086"}', 0),
	(130, 35, 'Enqueued', NULL, '2026-11-27 16:49:29.258145+00', '{"Queue": "agents", "EnqueuedAt": "1795798169256"}', 0),
	(136, 37, 'Enqueued', NULL, '2026-11-27 16:49:29.284102+00', '{"Queue": "agents", "EnqueuedAt": "1795798169283"}', 0),
	(141, 38, 'Processing', NULL, '2026-11-27 16:49:29.30552+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "d63ae5b4-59fe-43f3-a3f4-ccd0d1fe4771", "StartedAt": "1795798169303"}', 0),
	(142, 38, 'Succeeded', NULL, '2026-11-27 16:49:29.320103+00', '{"Latency": "67", "SucceededAt": "1795798169317", "PerformanceDuration": "10"}', 0),
	(145, 40, 'Enqueued', NULL, '2026-11-27 16:49:29.756184+00', '{"Queue": "agents", "EnqueuedAt": "1795798169754"}', 0),
	(146, 41, 'Awaiting', NULL, '2026-11-27 16:49:29.761222+00', '{"Options": "1", "ParentId": "40", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(147, 42, 'Awaiting', NULL, '2026-11-27 16:49:29.764536+00', '{"Options": "1", "ParentId": "41", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(148, 43, 'Awaiting', NULL, '2026-11-27 16:49:29.768191+00', '{"Options": "1", "ParentId": "42", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(149, 40, 'Processing', NULL, '2026-11-27 16:49:29.776506+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "62053fac-6652-4182-bc92-e5fe005d96b8", "StartedAt": "1795798169775"}', 0),
	(152, 40, 'Succeeded', NULL, '2026-11-27 16:49:29.799837+00', '{"Latency": "21", "SucceededAt": "1795798169792", "PerformanceDuration": "14"}', 0),
	(153, 42, 'Enqueued', NULL, '2026-11-27 16:49:29.853784+00', '{"Queue": "agents", "EnqueuedAt": "1795798169853"}', 0),
	(159, 43, 'Succeeded', NULL, '2026-11-27 16:49:29.918456+00', '{"Latency": "138", "SucceededAt": "1795798169915", "PerformanceDuration": "10"}', 0),
	(165, 45, 'Enqueued', NULL, '2026-11-27 16:49:30.052002+00', '{"Queue": "agents", "EnqueuedAt": "1795798170046"}', 0),
	(176, 48, 'Processing', NULL, '2026-11-27 16:49:30.178575+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "b5401cee-198a-4d72-89fc-060c25a789e2", "StartedAt": "1795798170176"}', 0),
	(180, 50, 'Enqueued', NULL, '2026-11-27 16:49:32.216398+00', '{"Queue": "runners", "EnqueuedAt": "1795798172215"}', 0),
	(182, 50, 'Processing', NULL, '2026-11-27 16:49:32.219+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "27c129b5-15a5-4b78-91e5-4a13facce517", "StartedAt": "1795798172218"}', 0),
	(193, 53, 'Processing', NULL, '2026-11-27 16:49:32.39841+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "42c06003-8cda-490e-ac61-ce552d84a2f1", "StartedAt": "1795798172390"}', 0),
	(47, 12, 'Succeeded', NULL, '2026-11-27 16:49:28.179828+00', '{"Latency": "104", "SucceededAt": "1795798168171", "PerformanceDuration": "12"}', 0),
	(58, 15, 'Succeeded', NULL, '2026-11-27 16:49:28.413051+00', '{"Latency": "32", "SucceededAt": "1795798168407", "PerformanceDuration": "7"}', 0),
	(75, 21, 'Enqueued', NULL, '2026-11-27 16:49:28.710279+00', '{"Queue": "agents", "EnqueuedAt": "1795798168709"}', 0),
	(78, 22, 'Enqueued', NULL, '2026-11-27 16:49:28.721291+00', '{"Queue": "agents", "EnqueuedAt": "1795798168720"}', 0),
	(85, 22, 'Succeeded', NULL, '2026-11-27 16:49:28.771457+00', '{"Latency": "62", "SucceededAt": "1795798168732", "PerformanceDuration": "7"}', 0),
	(95, 26, 'Enqueued', NULL, '2026-11-27 16:49:28.881189+00', '{"Queue": "agents", "EnqueuedAt": "1795798168880"}', 0),
	(98, 27, 'Enqueued', NULL, '2026-11-27 16:49:28.895376+00', '{"Queue": "agents", "EnqueuedAt": "1795798168894"}', 0),
	(100, 27, 'Processing', NULL, '2026-11-27 16:49:28.897858+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "366ad3d3-18d7-4b91-b534-12862f6e33e0", "StartedAt": "1795798168897"}', 0),
	(111, 30, 'Enqueued', NULL, '2026-11-27 16:49:29.065775+00', '{"Queue": "agents", "EnqueuedAt": "1795798169064"}', 0),
	(112, 30, 'Processing', NULL, '2026-11-27 16:49:29.067922+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6b701536-3ff7-4550-a0db-3cd8650685bd", "StartedAt": "1795798169067"}', 0),
	(137, 36, 'Succeeded', NULL, '2026-11-27 16:49:29.285675+00', '{"Latency": "45", "SucceededAt": "1795798169281", "PerformanceDuration": "3"}', 0),
	(138, 37, 'Processing', NULL, '2026-11-27 16:49:29.288593+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "42c06003-8cda-490e-ac61-ce552d84a2f1", "StartedAt": "1795798169288"}', 0),
	(140, 37, 'Succeeded', NULL, '2026-11-27 16:49:29.303067+00', '{"Latency": "53", "SucceededAt": "1795798169294", "PerformanceDuration": "4"}', 0),
	(150, 41, 'Enqueued', NULL, '2026-11-27 16:49:29.794947+00', '{"Queue": "agents", "EnqueuedAt": "1795798169794"}', 0),
	(151, 41, 'Processing', NULL, '2026-11-27 16:49:29.797739+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "2f4bf4cd-c6bd-4c06-9bc4-7485b605adf0", "StartedAt": "1795798169796"}', 0),
	(170, 46, 'Processing', NULL, '2026-11-27 16:49:30.072148+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6b701536-3ff7-4550-a0db-3cd8650685bd", "StartedAt": "1795798170069"}', 0),
	(174, 46, 'Succeeded', NULL, '2026-11-27 16:49:30.093363+00', '{"Latency": "101", "SucceededAt": "1795798170078", "PerformanceDuration": "6"}', 0);
INSERT INTO hangfire.state VALUES
	(178, 49, 'Enqueued', 'Triggered by recurring job scheduler', '2026-11-27 16:49:32.194673+00', '{"Queue": "default", "EnqueuedAt": "1795798172194"}', 0),
	(179, 49, 'Processing', NULL, '2026-11-27 16:49:32.204154+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "aeb9be07-8024-4185-80eb-ec5582cefc8b", "StartedAt": "1795798172203"}', 0),
	(181, 49, 'Succeeded', NULL, '2026-11-27 16:49:32.218239+00', '{"Latency": "11", "SucceededAt": "1795798172215", "PerformanceDuration": "10"}', 0),
	(189, 52, 'Enqueued', NULL, '2026-11-27 16:49:32.382866+00', '{"Queue": "agents", "EnqueuedAt": "1795798172382"}', 0),
	(190, 52, 'Processing', NULL, '2026-11-27 16:49:32.384611+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "1c830fee-b018-4ef3-bc74-f5b10173402f", "StartedAt": "1795798172383"}', 0),
	(192, 52, 'Succeeded', NULL, '2026-11-27 16:49:32.391668+00', '{"Latency": "23", "SucceededAt": "1795798172388", "PerformanceDuration": "3"}', 0),
	(202, 56, 'Processing', NULL, '2026-11-27 16:49:32.443252+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "62053fac-6652-4182-bc92-e5fe005d96b8", "StartedAt": "1795798172442"}', 0),
	(203, 60, 'Enqueued', NULL, '2026-11-27 16:49:32.454763+00', '{"Queue": "agents", "EnqueuedAt": "1795798172454"}', 0),
	(204, 61, 'Awaiting', NULL, '2026-11-27 16:49:32.457033+00', '{"Options": "1", "ParentId": "60", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(205, 62, 'Awaiting', NULL, '2026-11-27 16:49:32.459193+00', '{"Options": "1", "ParentId": "61", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(206, 63, 'Awaiting', NULL, '2026-11-27 16:49:32.46704+00', '{"Options": "1", "ParentId": "62", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(207, 64, 'Awaiting', NULL, '2026-11-27 16:49:32.469027+00', '{"Options": "1", "ParentId": "63", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(208, 65, 'Awaiting', NULL, '2026-11-27 16:49:32.470728+00', '{"Options": "1", "ParentId": "64", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(213, 57, 'Enqueued', NULL, '2026-11-27 16:49:32.53361+00', '{"Queue": "agents", "EnqueuedAt": "1795798172532"}', 0),
	(214, 56, 'Succeeded', NULL, '2026-11-27 16:49:32.535433+00', '{"Latency": "11", "SucceededAt": "1795798172531", "PerformanceDuration": "86"}', 0),
	(216, 57, 'Processing', NULL, '2026-11-27 16:49:32.538149+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "808bf386-258f-47f7-909e-575c8a7b6f2c", "StartedAt": "1795798172536"}', 0),
	(219, 61, 'Succeeded', NULL, '2026-11-27 16:49:32.556777+00', '{"Latency": "90", "SucceededAt": "1795798172553", "PerformanceDuration": "6"}', 0),
	(221, 66, 'Processing', NULL, '2026-11-27 16:49:32.566805+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "ab823b9c-5782-4fe5-ab1e-b32593fe9450", "StartedAt": "1795798172565"}', 0),
	(222, 58, 'Enqueued', NULL, '2026-11-27 16:49:32.569696+00', '{"Queue": "agents", "EnqueuedAt": "1795798172569"}', 0),
	(224, 58, 'Processing', NULL, '2026-11-27 16:49:32.575601+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "a2168ca6-be64-4963-a1b4-1c6dd297e6de", "StartedAt": "1795798172573"}', 0),
	(54, 15, 'Enqueued', NULL, '2026-11-27 16:49:28.392606+00', '{"Queue": "agents", "EnqueuedAt": "1795798168391"}', 0),
	(55, 15, 'Processing', NULL, '2026-11-27 16:49:28.395524+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "a2168ca6-be64-4963-a1b4-1c6dd297e6de", "StartedAt": "1795798168394"}', 0),
	(66, 18, 'Succeeded', NULL, '2026-11-27 16:49:28.494653+00', '{"Latency": "84", "SucceededAt": "1795798168492", "PerformanceDuration": "32"}', 0),
	(76, 21, 'Processing', NULL, '2026-11-27 16:49:28.712649+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "1c830fee-b018-4ef3-bc74-f5b10173402f", "StartedAt": "1795798168711"}', 0),
	(80, 21, 'Succeeded', NULL, '2026-11-27 16:49:28.728357+00', '{"Latency": "53", "SucceededAt": "1795798168718", "PerformanceDuration": "5"}', 0),
	(82, 23, 'Processing', NULL, '2026-11-27 16:49:28.737659+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "d63ae5b4-59fe-43f3-a3f4-ccd0d1fe4771", "StartedAt": "1795798168736"}', 0),
	(84, 23, 'Succeeded', NULL, '2026-11-27 16:49:28.748892+00', '{"Latency": "69", "SucceededAt": "1795798168747", "PerformanceDuration": "8"}', 0),
	(86, 24, 'Enqueued', NULL, '2026-11-27 16:49:28.836752+00', '{"Queue": "agents", "EnqueuedAt": "1795798168835"}', 0),
	(87, 25, 'Awaiting', NULL, '2026-11-27 16:49:28.840083+00', '{"Options": "1", "ParentId": "24", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(88, 26, 'Awaiting', NULL, '2026-11-27 16:49:28.842951+00', '{"Options": "1", "ParentId": "25", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(89, 27, 'Awaiting', NULL, '2026-11-27 16:49:28.846084+00', '{"Options": "1", "ParentId": "26", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(90, 28, 'Awaiting', NULL, '2026-11-27 16:49:28.848694+00', '{"Options": "1", "ParentId": "27", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(91, 24, 'Processing', NULL, '2026-11-27 16:49:28.854386+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "62053fac-6652-4182-bc92-e5fe005d96b8", "StartedAt": "1795798168853"}', 0),
	(93, 24, 'Succeeded', NULL, '2026-11-27 16:49:28.867053+00', '{"Latency": "19", "SucceededAt": "1795798168862", "PerformanceDuration": "6"}', 0),
	(99, 26, 'Succeeded', NULL, '2026-11-27 16:49:28.897621+00', '{"Latency": "46", "SucceededAt": "1795798168892", "PerformanceDuration": "5"}', 0),
	(101, 28, 'Enqueued', NULL, '2026-11-27 16:49:28.911551+00', '{"Queue": "agents", "EnqueuedAt": "1795798168910"}', 0),
	(103, 28, 'Processing', NULL, '2026-11-27 16:49:28.914457+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "32d808c6-da35-4b58-8f8b-8c66708685bf", "StartedAt": "1795798168913"}', 0),
	(105, 29, 'Enqueued', NULL, '2026-11-27 16:49:29.043383+00', '{"Queue": "agents", "EnqueuedAt": "1795798169042"}', 0),
	(106, 30, 'Awaiting', NULL, '2026-11-27 16:49:29.046476+00', '{"Options": "1", "ParentId": "29", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(107, 31, 'Awaiting', NULL, '2026-11-27 16:49:29.048968+00', '{"Options": "1", "ParentId": "30", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(108, 32, 'Awaiting', NULL, '2026-11-27 16:49:29.05131+00', '{"Options": "1", "ParentId": "31", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(109, 33, 'Awaiting', NULL, '2026-11-27 16:49:29.053775+00', '{"Options": "1", "ParentId": "32", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(110, 29, 'Processing', NULL, '2026-11-27 16:49:29.058804+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "ab823b9c-5782-4fe5-ab1e-b32593fe9450", "StartedAt": "1795798169057"}', 0),
	(113, 29, 'Succeeded', NULL, '2026-11-27 16:49:29.069122+00', '{"Latency": "16", "SucceededAt": "1795798169063", "PerformanceDuration": "3"}', 0),
	(116, 30, 'Succeeded', NULL, '2026-11-27 16:49:29.07988+00', '{"Latency": "24", "SucceededAt": "1795798169074", "PerformanceDuration": "5"}', 0),
	(120, 33, 'Enqueued', NULL, '2026-11-27 16:49:29.099821+00', '{"Queue": "agents", "EnqueuedAt": "1795798169098"}', 0),
	(121, 33, 'Processing', NULL, '2026-11-27 16:49:29.102054+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "aeb9be07-8024-4185-80eb-ec5582cefc8b", "StartedAt": "1795798169101"}', 0),
	(133, 36, 'Enqueued', NULL, '2026-11-27 16:49:29.274335+00', '{"Queue": "agents", "EnqueuedAt": "1795798169273"}', 0),
	(135, 36, 'Processing', NULL, '2026-11-27 16:49:29.276683+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "1c830fee-b018-4ef3-bc74-f5b10173402f", "StartedAt": "1795798169276"}', 0),
	(139, 38, 'Enqueued', NULL, '2026-11-27 16:49:29.301444+00', '{"Queue": "agents", "EnqueuedAt": "1795798169300"}', 0),
	(143, 39, 'Enqueued', NULL, '2026-11-27 16:49:29.579585+00', '{"Queue": "runners", "EnqueuedAt": "1795798169575"}', 0),
	(144, 39, 'Processing', NULL, '2026-11-27 16:49:29.582658+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6d9d5b73-e51d-4d71-908f-94433e76c3d7", "StartedAt": "1795798169581"}', 0),
	(154, 41, 'Succeeded', NULL, '2026-11-27 16:49:29.855231+00', '{"Latency": "41", "SucceededAt": "1795798169851", "PerformanceDuration": "51"}', 0),
	(155, 42, 'Processing', NULL, '2026-11-27 16:49:29.859007+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "808bf386-258f-47f7-909e-575c8a7b6f2c", "StartedAt": "1795798169857"}', 0),
	(158, 42, 'Succeeded', NULL, '2026-11-27 16:49:29.90802+00', '{"Latency": "98", "SucceededAt": "1795798169898", "PerformanceDuration": "37"}', 0),
	(160, 44, 'Enqueued', NULL, '2026-11-27 16:49:29.968083+00', '{"Queue": "agents", "EnqueuedAt": "1795798169967"}', 0),
	(161, 45, 'Awaiting', NULL, '2026-11-27 16:49:29.970573+00', '{"Options": "1", "ParentId": "44", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(162, 46, 'Awaiting', NULL, '2026-11-27 16:49:29.973019+00', '{"Options": "1", "ParentId": "45", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(163, 47, 'Awaiting', NULL, '2026-11-27 16:49:29.975216+00', '{"Options": "1", "ParentId": "46", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(164, 44, 'Processing', NULL, '2026-11-27 16:49:29.979741+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "32d808c6-da35-4b58-8f8b-8c66708685bf", "StartedAt": "1795798169978"}', 0),
	(166, 44, 'Succeeded', NULL, '2026-11-27 16:49:30.053682+00', '{"Latency": "13", "SucceededAt": "1795798169984", "PerformanceDuration": "3"}', 0),
	(167, 45, 'Processing', NULL, '2026-11-27 16:49:30.055638+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "ab823b9c-5782-4fe5-ab1e-b32593fe9450", "StartedAt": "1795798170055"}', 0),
	(169, 45, 'Succeeded', NULL, '2026-11-27 16:49:30.070497+00', '{"Latency": "87", "SucceededAt": "1795798170065", "PerformanceDuration": "9"}', 0),
	(61, 16, 'Succeeded', NULL, '2026-11-27 16:49:28.428443+00', '{"Latency": "45", "SucceededAt": "1795798168423", "PerformanceDuration": "8"}', 0),
	(63, 18, 'Enqueued', NULL, '2026-11-27 16:49:28.447586+00', '{"Queue": "agents", "EnqueuedAt": "1795798168446"}', 0),
	(65, 18, 'Processing', NULL, '2026-11-27 16:49:28.45791+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "27c129b5-15a5-4b78-91e5-4a13facce517", "StartedAt": "1795798168451"}', 0),
	(67, 19, 'Enqueued', NULL, '2026-11-27 16:49:28.651472+00', '{"Queue": "agents", "EnqueuedAt": "1795798168650"}', 0),
	(68, 20, 'Awaiting', NULL, '2026-11-27 16:49:28.657358+00', '{"Options": "1", "ParentId": "19", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(69, 21, 'Awaiting', NULL, '2026-11-27 16:49:28.661406+00', '{"Options": "1", "ParentId": "20", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(70, 22, 'Awaiting', NULL, '2026-11-27 16:49:28.667723+00', '{"Options": "1", "ParentId": "21", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(71, 23, 'Awaiting', NULL, '2026-11-27 16:49:28.675882+00', '{"Options": "1", "ParentId": "22", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(72, 19, 'Processing', NULL, '2026-11-27 16:49:28.691988+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "42c06003-8cda-490e-ac61-ce552d84a2f1", "StartedAt": "1795798168691"}', 0),
	(83, 19, 'Succeeded', NULL, '2026-11-27 16:49:28.74396+00', '{"Latency": "41", "SucceededAt": "1795798168697", "PerformanceDuration": "5"}', 0),
	(94, 25, 'Processing', NULL, '2026-11-27 16:49:28.871252+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "2f4bf4cd-c6bd-4c06-9bc4-7485b605adf0", "StartedAt": "1795798168866"}', 0),
	(96, 25, 'Succeeded', NULL, '2026-11-27 16:49:28.882987+00', '{"Latency": "34", "SucceededAt": "1795798168878", "PerformanceDuration": "5"}', 0),
	(97, 26, 'Processing', NULL, '2026-11-27 16:49:28.886208+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "808bf386-258f-47f7-909e-575c8a7b6f2c", "StartedAt": "1795798168885"}', 0),
	(102, 27, 'Succeeded', NULL, '2026-11-27 16:49:28.91379+00', '{"Latency": "55", "SucceededAt": "1795798168908", "PerformanceDuration": "9"}', 0),
	(114, 31, 'Enqueued', NULL, '2026-11-27 16:49:29.076479+00', '{"Queue": "agents", "EnqueuedAt": "1795798169075"}', 0),
	(115, 31, 'Processing', NULL, '2026-11-27 16:49:29.078637+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "a2168ca6-be64-4963-a1b4-1c6dd297e6de", "StartedAt": "1795798169078"}', 0),
	(118, 31, 'Succeeded', NULL, '2026-11-27 16:49:29.088763+00', '{"Latency": "32", "SucceededAt": "1795798169084", "PerformanceDuration": "5"}', 0),
	(119, 32, 'Processing', NULL, '2026-11-27 16:49:29.091343+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "b5401cee-198a-4d72-89fc-060c25a789e2", "StartedAt": "1795798169090"}', 0),
	(122, 32, 'Succeeded', NULL, '2026-11-27 16:49:29.103306+00', '{"Latency": "42", "SucceededAt": "1795798169097", "PerformanceDuration": "5"}', 0),
	(123, 33, 'Succeeded', NULL, '2026-11-27 16:49:29.11432+00', '{"Latency": "50", "SucceededAt": "1795798169111", "PerformanceDuration": "8"}', 0),
	(124, 34, 'Enqueued', NULL, '2026-11-27 16:49:29.228464+00', '{"Queue": "agents", "EnqueuedAt": "1795798169227"}', 0),
	(125, 35, 'Awaiting', NULL, '2026-11-27 16:49:29.231806+00', '{"Options": "1", "ParentId": "34", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(126, 36, 'Awaiting', NULL, '2026-11-27 16:49:29.234692+00', '{"Options": "1", "ParentId": "35", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(127, 37, 'Awaiting', NULL, '2026-11-27 16:49:29.238108+00', '{"Options": "1", "ParentId": "36", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(128, 38, 'Awaiting', NULL, '2026-11-27 16:49:29.241567+00', '{"Options": "1", "ParentId": "37", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(129, 34, 'Processing', NULL, '2026-11-27 16:49:29.248143+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "27c129b5-15a5-4b78-91e5-4a13facce517", "StartedAt": "1795798169247"}', 0),
	(131, 34, 'Succeeded', NULL, '2026-11-27 16:49:29.262427+00', '{"Latency": "21", "SucceededAt": "1795798169253", "PerformanceDuration": "4"}', 0),
	(132, 35, 'Processing', NULL, '2026-11-27 16:49:29.266086+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "c38ee26b-facb-48f7-8319-9c4b381e8be0", "StartedAt": "1795798169264"}', 0),
	(134, 35, 'Succeeded', NULL, '2026-11-27 16:49:29.27693+00', '{"Latency": "37", "SucceededAt": "1795798169271", "PerformanceDuration": "4"}', 0),
	(156, 43, 'Enqueued', NULL, '2026-11-27 16:49:29.901746+00', '{"Queue": "agents", "EnqueuedAt": "1795798169900"}', 0),
	(157, 43, 'Processing', NULL, '2026-11-27 16:49:29.903863+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "366ad3d3-18d7-4b91-b534-12862f6e33e0", "StartedAt": "1795798169903"}', 0),
	(168, 46, 'Enqueued', NULL, '2026-11-27 16:49:30.068411+00', '{"Queue": "agents", "EnqueuedAt": "1795798170067"}', 0),
	(171, 47, 'Enqueued', NULL, '2026-11-27 16:49:30.081177+00', '{"Queue": "agents", "EnqueuedAt": "1795798170080"}', 0),
	(172, 47, 'Processing', NULL, '2026-11-27 16:49:30.083053+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "a2168ca6-be64-4963-a1b4-1c6dd297e6de", "StartedAt": "1795798170082"}', 0),
	(173, 47, 'Succeeded', NULL, '2026-11-27 16:49:30.090053+00', '{"Latency": "110", "SucceededAt": "1795798170088", "PerformanceDuration": "5"}', 0),
	(177, 48, 'Succeeded', NULL, '2026-11-27 16:49:30.192077+00', '{"Latency": "20", "SucceededAt": "1795798170185", "PerformanceDuration": "5"}', 0),
	(191, 53, 'Enqueued', NULL, '2026-11-27 16:49:32.389903+00', '{"Queue": "agents", "EnqueuedAt": "1795798172389"}', 0);
INSERT INTO hangfire.state VALUES
	(195, 54, 'Enqueued', NULL, '2026-11-27 16:49:32.411179+00', '{"Queue": "agents", "EnqueuedAt": "1795798172410"}', 0),
	(196, 54, 'Processing', NULL, '2026-11-27 16:49:32.413133+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "d63ae5b4-59fe-43f3-a3f4-ccd0d1fe4771", "StartedAt": "1795798172412"}', 0),
	(198, 56, 'Enqueued', NULL, '2026-11-27 16:49:32.433874+00', '{"Queue": "agents", "EnqueuedAt": "1795798172433"}', 0),
	(199, 57, 'Awaiting', NULL, '2026-11-27 16:49:32.43593+00', '{"Options": "1", "ParentId": "56", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(200, 58, 'Awaiting', NULL, '2026-11-27 16:49:32.437715+00', '{"Options": "1", "ParentId": "57", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(201, 59, 'Awaiting', NULL, '2026-11-27 16:49:32.439315+00', '{"Options": "1", "ParentId": "58", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(175, 48, 'Enqueued', 'Triggered by recurring job scheduler', '2026-11-27 16:49:30.16457+00', '{"Queue": "default", "EnqueuedAt": "1795798170164"}', 0),
	(183, 51, 'Enqueued', NULL, '2026-11-27 16:49:32.361345+00', '{"Queue": "agents", "EnqueuedAt": "1795798172360"}', 0),
	(184, 52, 'Awaiting', NULL, '2026-11-27 16:49:32.36315+00', '{"Options": "1", "ParentId": "51", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(185, 53, 'Awaiting', NULL, '2026-11-27 16:49:32.36475+00', '{"Options": "1", "ParentId": "52", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(186, 54, 'Awaiting', NULL, '2026-11-27 16:49:32.366209+00', '{"Options": "1", "ParentId": "53", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(187, 55, 'Awaiting', NULL, '2026-11-27 16:49:32.367765+00', '{"Options": "1", "ParentId": "54", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(188, 51, 'Processing', NULL, '2026-11-27 16:49:32.377157+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "c38ee26b-facb-48f7-8319-9c4b381e8be0", "StartedAt": "1795798172376"}', 0),
	(194, 51, 'Succeeded', NULL, '2026-11-27 16:49:32.398857+00', '{"Latency": "17", "SucceededAt": "1795798172381", "PerformanceDuration": "3"}', 0),
	(197, 53, 'Succeeded', NULL, '2026-11-27 16:49:32.419208+00', '{"Latency": "37", "SucceededAt": "1795798172408", "PerformanceDuration": "7"}', 0),
	(215, 61, 'Enqueued', NULL, '2026-11-27 16:49:32.538625+00', '{"Queue": "agents", "EnqueuedAt": "1795798172538"}', 0),
	(217, 61, 'Processing', NULL, '2026-11-27 16:49:32.541536+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "366ad3d3-18d7-4b91-b534-12862f6e33e0", "StartedAt": "1795798172540"}', 0),
	(218, 62, 'Enqueued', NULL, '2026-11-27 16:49:32.554647+00', '{"Queue": "agents", "EnqueuedAt": "1795798172554"}', 0),
	(227, 66, 'Succeeded', NULL, '2026-11-27 16:49:32.586907+00', '{"Latency": "52", "SucceededAt": "1795798172573", "PerformanceDuration": "5"}', 0),
	(231, 67, 'Succeeded', NULL, '2026-11-27 16:49:32.605195+00', '{"Latency": "73", "SucceededAt": "1795798172600", "PerformanceDuration": "7"}', 0),
	(209, 60, 'Processing', NULL, '2026-11-27 16:49:32.484001+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "2f4bf4cd-c6bd-4c06-9bc4-7485b605adf0", "StartedAt": "1795798172482"}', 0),
	(210, 66, 'Enqueued', NULL, '2026-11-27 16:49:32.516464+00', '{"Queue": "agents", "EnqueuedAt": "1795798172515"}', 0),
	(211, 67, 'Awaiting', NULL, '2026-11-27 16:49:32.527227+00', '{"Options": "1", "ParentId": "66", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(212, 68, 'Awaiting', NULL, '2026-11-27 16:49:32.531198+00', '{"Options": "1", "ParentId": "67", "NextState": "{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"agents\"}"}', 0),
	(220, 60, 'Succeeded', NULL, '2026-11-27 16:49:32.562953+00', '{"Latency": "30", "SucceededAt": "1795798172536", "PerformanceDuration": "51"}', 0),
	(223, 57, 'Succeeded', NULL, '2026-11-27 16:49:32.573687+00', '{"Latency": "107", "SucceededAt": "1795798172567", "PerformanceDuration": "25"}', 0),
	(225, 67, 'Enqueued', NULL, '2026-11-27 16:49:32.582442+00', '{"Queue": "agents", "EnqueuedAt": "1795798172578"}', 0),
	(226, 62, 'Processing', NULL, '2026-11-27 16:49:32.58377+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "32d808c6-da35-4b58-8f8b-8c66708685bf", "StartedAt": "1795798172565"}', 0),
	(228, 67, 'Processing', NULL, '2026-11-27 16:49:32.587432+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "6b701536-3ff7-4550-a0db-3cd8650685bd", "StartedAt": "1795798172586"}', 0),
	(229, 68, 'Enqueued', NULL, '2026-11-27 16:49:32.603291+00', '{"Queue": "agents", "EnqueuedAt": "1795798172601"}', 0),
	(230, 63, 'Enqueued', NULL, '2026-11-27 16:49:32.604472+00', '{"Queue": "agents", "EnqueuedAt": "1795798172601"}', 0),
	(232, 68, 'Processing', NULL, '2026-11-27 16:49:32.605914+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "b5401cee-198a-4d72-89fc-060c25a789e2", "StartedAt": "1795798172605"}', 0),
	(233, 62, 'Succeeded', NULL, '2026-11-27 16:49:32.614069+00', '{"Latency": "128", "SucceededAt": "1795798172599", "PerformanceDuration": "13"}', 0),
	(234, 63, 'Processing', NULL, '2026-11-27 16:49:32.613834+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "aeb9be07-8024-4185-80eb-ec5582cefc8b", "StartedAt": "1795798172607"}', 0),
	(235, 64, 'Enqueued', NULL, '2026-11-27 16:49:32.652793+00', '{"Queue": "agents", "EnqueuedAt": "1795798172652"}', 0),
	(236, 63, 'Succeeded', NULL, '2026-11-27 16:49:32.654079+00', '{"Latency": "167", "SucceededAt": "1795798172650", "PerformanceDuration": "22"}', 0),
	(237, 64, 'Processing', NULL, '2026-11-27 16:49:32.661064+00', '{"ServerId": "node-a:18789/8268-5db71753:8268:5a7701ab-ca4e-41c4-8c3d-cf8081969266", "WorkerId": "c38ee26b-facb-48f7-8319-9c4b381e8be0", "StartedAt": "1795798172659"}', 0);
INSERT INTO openclaw.__migrations VALUES
	('20261121000000_CreateLedgerAndAgents', '10.0.15'),
	('20261121080000_AddHeartbeatSchedule', '10.0.15'),
	('20261121090000_AddMonitoring', '10.0.15'),
	('20261121120000_SpeedUpLedger', '10.0.15'),
	('20261121130000_AddSessions', '10.0.15'),
	('20261121140000_AddGatewayPresence', '10.0.15'),
	('20261121150000_AddInboxes', '10.0.15'),
	('20261121153000_AddScheduledPrompts', '10.0.15'),
	('20261121170000_ObserveMore', '10.0.15'),
	('20261121180000_IndexAcceptedMessages', '10.0.15'),
	('20261121190000_AddConversations', '10.0.15'),
	('20261121190500_AddSessionTurns', '10.0.15'),
	('20261121193000_AddBridgeCommands', '10.0.15'),
	('20261121200000_AddWhatsApp', '10.0.15'),
	('20261121203000_AddCommands', '10.0.15'),
	('20261121204500_IndexForgottenTurns', '10.0.15'),
	('20261121230000_IndexHeartbeatAlerts', '10.0.15'),
	('20261126120000_QueueInlineRuns', '10.0.15'),
	('20261126170000_FindAgents', '10.0.15'),
	('20261126180000_IndexOpenRuns', '10.0.15'),
	('20261126182000_KeepMessageContexts', '10.0.15'),
	('20261126185000_DateHealthNotices', '10.0.15'),
	('20261126200000_KeepSessionSettings', '10.0.15'),
	('20261126210000_DescribePrompts', '10.0.15'),
	('20261126220000_AddDevices', '10.0.15'),
	('20261127020000_AddBrowserSessions', '10.0.15');
INSERT INTO openclaw.agent_checkpoints VALUES
	('01a21de9-7918-72f6-aab0-30311446d2c8', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 1, 2, '{"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de974487d1f811d29a0a8d63fe4", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": 9, "heartbeat_active_hours": null}', '01a21de9-7899-7e35-ba6c-e1757e119c1e', '2026-11-27 16:49:29.880446+00'),
	('01a21de9-79dc-7152-bfce-cf9385cf459a', '01a21de9-75d0-7cb7-923b-cb130af17389', 1, 2, '{"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de975d07cb7923bcb130af17389", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": null, "heartbeat_active_hours": null}', '01a21de9-796e-72c6-a2f0-6bb263c1f1a9', '2026-11-27 16:49:30.077064+00');
INSERT INTO openclaw.agents VALUES
	('01a21de9-7501-77a8-8a44-27895859cd98', 'Leaves', NULL, 'local/echo', 'admin', 'running', 'pause', '01a21de9-8310-73fd-9edc-9b689371097e', 'agent:web:leaves-27895859cd98', 'echo-01a21de9750177a88a4427895859cd98', false, '00:30:00', '{}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:28.833724+00', '2026-11-27 16:49:32.432531+00', '2026-11-27 16:49:28.919+00', NULL, NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'Talks', NULL, 'openai/any', 'admin', 'running', NULL, '01a21de9-6ed1-7160-bd1b-e451ed06a52f', 'agent:web:talks-36738ac48ee2', 'openai-01a21de96e4a71f2bc2b36738ac48ee2', false, '00:30:00', '{}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:27.113879+00', '2026-11-27 16:49:27.679556+00', '2026-11-27 16:49:27.679556+00', NULL, NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-71da-7548-99c6-ea861d8c5703', 'Beats', NULL, 'local/echo', 'admin', 'running', NULL, '01a21de9-71db-7091-bb73-6b00ba60adf5', 'agent:web:beats-ea861d8c5703', 'echo-01a21de971da754899c6ea861d8c5703', true, '00:30:00', '{mail}', NULL, '2026-11-27 17:16:38.827551+00', '{}', NULL, 0, '2026-11-27 16:49:28.026548+00', '2026-11-27 16:49:28.162953+00', '2026-11-27 16:49:28.162953+00', NULL, NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-75d0-7cb7-923b-cb130af17389', 'Returns', NULL, 'local/echo', 'admin', 'paused', 'resume', '01a21de9-8320-7527-9fd7-62b48019477d', 'agent:web:returns-cb130af17389', 'echo-01a21de975d07cb7923bcb130af17389', false, '00:30:00', '{}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:29.040835+00', '2026-11-27 16:49:32.448492+00', '2026-11-27 16:49:29.106705+00', '2026-11-27 16:49:30.086114+00', NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-7689-78a3-a918-f380d4a85de8', 'Ends', NULL, 'local/echo', 'admin', 'running', 'stop', '01a21de9-8348-7c31-8c1f-8f7657a8f193', 'agent:web:ends-f380d4a85de8', 'echo-01a21de9768978a3a918f380d4a85de8', false, '00:30:00', '{}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:29.225212+00', '2026-11-27 16:49:32.488992+00', '2026-11-27 16:49:29.308863+00', NULL, NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'Rests', NULL, 'local/echo', 'admin', 'paused', NULL, '01a21de9-7899-7e35-ba6c-e1757e119c1e', 'agent:web:rests-29a0a8d63fe4', 'echo-01a21de974487d1f811d29a0a8d63fe4', false, '00:30:00', '{}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:28.648673+00', '2026-11-27 16:49:29.910851+00', '2026-11-27 16:49:28.74083+00', '2026-11-27 16:49:29.910851+00', NULL, NULL, NULL, 0, NULL, DEFAULT),
	('01a21de9-732b-7823-9947-6db4a199c233', 'Looks', NULL, 'openai/any', 'admin', 'running', NULL, '01a21de9-732b-726a-ad4c-4762fffb2b44', 'agent:web:looks-6db4a199c233', 'openai-01a21de9732b782399476db4a199c233', true, '00:30:00', '{disk}', NULL, '2026-11-27 17:19:30.358536+00', '{}', NULL, 0, '2026-11-27 16:49:28.363024+00', '2026-11-27 16:49:28.466819+00', '2026-11-27 16:49:28.466819+00', NULL, NULL, NULL, '2026-11-27 17:29:32.205821+00', 0, NULL, DEFAULT),
	('01a21de9-82c7-70b8-b865-dfcf9b6b47c4', 'Born', NULL, 'local/echo', 'admin', 'provisioning', 'provision', '01a21de9-82c7-73c0-9d9d-e9b13aa79818', 'agent:web:born-dfcf9b6b47c4', NULL, true, '00:30:00', '{mail}', NULL, NULL, '{}', NULL, 0, '2026-11-27 16:49:32.359611+00', '2026-11-27 16:49:32.359947+00', NULL, NULL, NULL, NULL, NULL, 0, NULL, DEFAULT);
INSERT INTO openclaw.audit_log OVERRIDING SYSTEM VALUE VALUES
	(1, 'api', 'agent.create', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', NULL, '2026-11-27 16:49:27.269277+00'),
	(2, 'workflow:01a21de9-6ed1-7160-bd1b-e451ed06a52f', 'agent.provisioning', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'Talks on openai/any, session agent:web:talks-36738ac48ee2', '2026-11-27 16:49:27.576521+00'),
	(3, 'api', 'agent.create', 'agent:01a21de9-71da-7548-99c6-ea861d8c5703', NULL, '2026-11-27 16:49:28.02959+00'),
	(4, 'workflow:01a21de9-71db-7091-bb73-6b00ba60adf5', 'agent.provisioning', 'agent:01a21de9-71da-7548-99c6-ea861d8c5703', 'Beats on local/echo, session agent:web:beats-ea861d8c5703', '2026-11-27 16:49:28.092489+00'),
	(5, 'api', 'agent.create', 'agent:01a21de9-732b-7823-9947-6db4a199c233', NULL, '2026-11-27 16:49:28.363922+00'),
	(6, 'workflow:01a21de9-732b-726a-ad4c-4762fffb2b44', 'agent.provisioning', 'agent:01a21de9-732b-7823-9947-6db4a199c233', 'Looks on openai/any, session agent:web:looks-6db4a199c233', '2026-11-27 16:49:28.402291+00'),
	(7, 'api', 'agent.create', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', NULL, '2026-11-27 16:49:28.649434+00'),
	(8, 'workflow:01a21de9-7449-7989-b499-65953ff34fb3', 'agent.provisioning', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'Rests on local/echo, session agent:web:rests-29a0a8d63fe4', '2026-11-27 16:49:28.705508+00'),
	(9, 'api', 'agent.create', 'agent:01a21de9-7501-77a8-8a44-27895859cd98', NULL, '2026-11-27 16:49:28.834494+00'),
	(10, 'workflow:01a21de9-7502-737f-a2f1-dca01408f82e', 'agent.provisioning', 'agent:01a21de9-7501-77a8-8a44-27895859cd98', 'Leaves on local/echo, session agent:web:leaves-27895859cd98', '2026-11-27 16:49:28.874674+00'),
	(11, 'api', 'agent.create', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', NULL, '2026-11-27 16:49:29.041559+00'),
	(12, 'workflow:01a21de9-75d1-710e-a446-8e45a9651d4c', 'agent.provisioning', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', 'Returns on local/echo, session agent:web:returns-cb130af17389', '2026-11-27 16:49:29.071718+00'),
	(13, 'api', 'agent.create', 'agent:01a21de9-7689-78a3-a918-f380d4a85de8', NULL, '2026-11-27 16:49:29.226154+00'),
	(14, 'workflow:01a21de9-7689-7484-b5da-59f3d78c402f', 'agent.provisioning', 'agent:01a21de9-7689-78a3-a918-f380d4a85de8', 'Ends on local/echo, session agent:web:ends-f380d4a85de8', '2026-11-27 16:49:29.268959+00'),
	(15, 'api', 'agent.pause', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', NULL, '2026-11-27 16:49:29.751602+00'),
	(16, 'api', 'agent.pause', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', NULL, '2026-11-27 16:49:29.965351+00'),
	(17, 'api', 'agent.create', 'agent:01a21de9-82c7-70b8-b865-dfcf9b6b47c4', NULL, '2026-11-27 16:49:32.360196+00'),
	(18, 'workflow:01a21de9-82c7-73c0-9d9d-e9b13aa79818', 'agent.provisioning', 'agent:01a21de9-82c7-70b8-b865-dfcf9b6b47c4', 'Born on local/echo, session agent:web:born-dfcf9b6b47c4', '2026-11-27 16:49:32.386538+00'),
	(19, 'api', 'agent.pause', 'agent:01a21de9-7501-77a8-8a44-27895859cd98', NULL, '2026-11-27 16:49:32.431671+00'),
	(20, 'api', 'agent.resume', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', NULL, '2026-11-27 16:49:32.447752+00'),
	(21, 'api', 'agent.stop', 'agent:01a21de9-7689-78a3-a918-f380d4a85de8', NULL, '2026-11-27 16:49:32.486274+00');
INSERT INTO openclaw.health_checks VALUES
	('database', 'ok', 'The database answers within 19 ms.', '2026-11-27 16:49:24.811952+00', '2026-11-27 16:49:24.811952+00', 'node-a:18789', 0.019, 0.5, 5, 's'),
	('queue', 'ok', 'The first canary is on its way.', '2026-11-27 16:49:25.316447+00', '2026-11-27 16:49:25.316447+00', 'node-a:18789', NULL, NULL, NULL, NULL),
	('work', 'ok', 'Every workflow moves.', '2026-11-27 16:49:25.323886+00', '2026-11-27 16:49:25.323886+00', '', 0, 60, 300, 's'),
	('heartbeats', 'ok', 'Every heart beats on time.', '2026-11-27 16:49:25.334257+00', '2026-11-27 16:49:25.334257+00', '', 0, 10, 60, 's'),
	('messages', 'ok', 'No message waits.', '2026-11-27 16:49:25.352073+00', '2026-11-27 16:49:25.352073+00', '', 0, 60, 600, 's'),
	('routing', 'ok', 'The runtimes have not been asked yet.', '2026-11-27 16:49:25.402774+00', '2026-11-27 16:49:25.402774+00', '', NULL, NULL, NULL, NULL),
	('engine', 'ok', 'This process''s job server is starting.', '2026-11-27 16:49:25.416692+00', '2026-11-27 16:49:25.416692+00', 'node-a:18789', NULL, NULL, NULL, NULL),
	('disk', 'ok', 'It has room.', '2026-11-27 16:49:25.420488+00', '2026-11-27 16:49:25.420488+00', 'node-a:18789', 73.173, 5, 1, 'GiB'),
	('gateway', 'ok', '0 clients are connected; they were told what is new 1 s ago.', '2026-11-27 16:49:25.424049+00', '2026-11-27 16:49:25.424049+00', 'node-a:18789', 0.79, 5, 30, 's');
INSERT INTO openclaw.health_transitions OVERRIDING SYSTEM VALUE VALUES
	(1, 'database', NULL, 'ok', 'The database answers within 19 ms.', '2026-11-27 16:49:24.811952+00', 'node-a:18789'),
	(2, 'queue', NULL, 'ok', 'The first canary is on its way.', '2026-11-27 16:49:25.316447+00', 'node-a:18789'),
	(3, 'work', NULL, 'ok', 'Every workflow moves.', '2026-11-27 16:49:25.323886+00', ''),
	(4, 'heartbeats', NULL, 'ok', 'Every heart beats on time.', '2026-11-27 16:49:25.334257+00', ''),
	(5, 'messages', NULL, 'ok', 'No message waits.', '2026-11-27 16:49:25.352073+00', ''),
	(6, 'routing', NULL, 'ok', 'The runtimes have not been asked yet.', '2026-11-27 16:49:25.402774+00', ''),
	(7, 'engine', NULL, 'ok', 'This process''s job server is starting.', '2026-11-27 16:49:25.416692+00', 'node-a:18789'),
	(8, 'disk', NULL, 'ok', 'It has room.', '2026-11-27 16:49:25.420488+00', 'node-a:18789'),
	(9, 'gateway', NULL, 'ok', '0 clients are connected; they were told what is new 1 s ago.', '2026-11-27 16:49:25.424049+00', 'node-a:18789');
INSERT INTO openclaw.heartbeat_executions VALUES
	('01a21de9-8277-7fcb-803c-234ebcd5177d', '01a21de9-732b-7823-9947-6db4a199c233', '01a21de9-822f-7b53-845b-9b7b2f072fd7', 'running', NULL, NULL, '2026-11-27 16:49:30.358536+00', '2026-11-27 16:49:32.268357+00', NULL);
INSERT INTO openclaw.sessions VALUES
	('agent:web:rests-29a0a8d63fe4', '0fc40293-e538-41f9-b6bd-f7d5236bf175', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', NULL, '2026-11-27 16:49:29.480485+00', '2026-11-27 16:49:30.17039+00', 0, '{}', NULL, NULL, NULL),
	('agent:web:returns-cb130af17389', '89d44a23-d091-4345-9463-55127d8fb352', '01a21de9-75d0-7cb7-923b-cb130af17389', NULL, '2026-11-27 16:49:30.178094+00', '2026-11-27 16:49:30.185838+00', 0, '{}', NULL, NULL, NULL),
	('agent:web:talks-36738ac48ee2', 'a8381b6e-ded9-40ba-9344-84ee1650a693', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', NULL, '2026-11-27 16:49:30.192393+00', '2026-11-27 16:49:30.231553+00', 0, '{}', NULL, NULL, NULL);
INSERT INTO openclaw.turn_leases VALUES
	('01a21de9-6e4a-71f2-bc2b-36738ac48ee2', '01a21de9-7a52-74ae-b288-edbe81725154:deliver', 'node-a:18789/8268-5db71753', '2026-11-27 18:49:30.221093+00'),
	('01a21de9-732b-7823-9947-6db4a199c233', '01a21de9-822f-7b53-845b-9b7b2f072fd7:run_checklist', 'node-a:18789/8268-5db71753', '2026-11-27 18:49:32.319399+00');
INSERT INTO openclaw.workflow_metrics_progress VALUES
	(true, '-infinity');
INSERT INTO openclaw_system.executors VALUES
	('node-a:18789/8268-5db71753', 'node-a:18789', 8268, '0.1.0', '2026-11-27 16:49:24.743578+00', '2026-11-27 16:49:33.750476+00', NULL, NULL, true);
INSERT INTO openclaw_system.notifications OVERRIDING SYSTEM VALUE VALUES
	('01a21de9-7080-726c-8f9a-e70a7f75dba2', '01a21de9-6ed1-7160-bd1b-e451ed06a52f:mark_running', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'owner:admin', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', NULL, 'Talks is up.', '{"kind": "alert", "event": "agent_provisioned"}', 1, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:27.68065+00', '2026-11-27 16:49:27.68065+00', NULL, NULL, 'admin'),
	('01a21de9-7262-78e5-87de-58d88066b5b5', '01a21de9-71db-7091-bb73-6b00ba60adf5:mark_running', 'agent:01a21de9-71da-7548-99c6-ea861d8c5703', 'owner:admin', '01a21de9-71da-7548-99c6-ea861d8c5703', NULL, 'Beats is up.', '{"kind": "alert", "event": "agent_provisioned"}', 2, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:28.16298+00', '2026-11-27 16:49:28.16298+00', NULL, NULL, 'admin'),
	('01a21de9-7392-7b75-ad11-89cd4dde29a9', '01a21de9-732b-726a-ad4c-4762fffb2b44:mark_running', 'agent:01a21de9-732b-7823-9947-6db4a199c233', 'owner:admin', '01a21de9-732b-7823-9947-6db4a199c233', NULL, 'Looks is up.', '{"kind": "alert", "event": "agent_provisioned"}', 3, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:28.466834+00', '2026-11-27 16:49:28.466834+00', NULL, NULL, 'admin'),
	('01a21de9-74a4-75d8-bdcc-f27d29366b63', '01a21de9-7449-7989-b499-65953ff34fb3:mark_running', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'owner:admin', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', NULL, 'Rests is up.', '{"kind": "alert", "event": "agent_provisioned"}', 4, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:28.740843+00', '2026-11-27 16:49:28.740843+00', NULL, NULL, 'admin'),
	('01a21de9-7557-780b-96c3-0eeedbf5f7f5', '01a21de9-7502-737f-a2f1-dca01408f82e:mark_running', 'agent:01a21de9-7501-77a8-8a44-27895859cd98', 'owner:admin', '01a21de9-7501-77a8-8a44-27895859cd98', NULL, 'Leaves is up.', '{"kind": "alert", "event": "agent_provisioned"}', 5, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:28.919013+00', '2026-11-27 16:49:28.919013+00', NULL, NULL, 'admin'),
	('01a21de9-7612-79b2-ae6d-1384622d7318', '01a21de9-75d1-710e-a446-8e45a9651d4c:mark_running', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', 'owner:admin', '01a21de9-75d0-7cb7-923b-cb130af17389', NULL, 'Returns is up.', '{"kind": "alert", "event": "agent_provisioned"}', 6, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:29.106718+00', '2026-11-27 16:49:29.106718+00', NULL, NULL, 'admin'),
	('01a21de9-76dc-749e-b9d2-9404ef4c6acb', '01a21de9-7689-7484-b5da-59f3d78c402f:mark_running', 'agent:01a21de9-7689-78a3-a918-f380d4a85de8', 'owner:admin', '01a21de9-7689-78a3-a918-f380d4a85de8', NULL, 'Ends is up.', '{"kind": "alert", "event": "agent_provisioned"}', 7, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:29.308876+00', '2026-11-27 16:49:29.308876+00', NULL, NULL, 'admin'),
	('01a21de9-778a-795b-b6f6-a9a2c810d2a7', '01a21de9-778a-79a0-ab17-59afbafddcc2', 'owner:admin', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'agent:web:rests-29a0a8d63fe4', 'before the pause', '{}', 8, 'delivered', NULL, 1, '01a21de9-77a7-7fb6-8bf3-9ee15d15db28', NULL, '2026-12-04 16:49:29.482465+00', '2026-11-27 16:49:29.482465+00', '2026-11-27 16:49:29.642361+00', '2026-11-27 16:49:29.642361+00', 'admin'),
	('01a21de9-785c-74d2-ae40-ca5d1df9e875', '01a21de9-77a7-7fb6-8bf3-9ee15d15db28:reply', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'owner:admin', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'agent:web:rests-29a0a8d63fe4', 'echo (no model behind this): before the pause', '{}', 9, 'delivered', NULL, 0, NULL, '01a21de9-778a-795b-b6f6-a9a2c810d2a7', '2026-12-04 16:49:29.642361+00', '2026-11-27 16:49:29.642361+00', '2026-11-27 16:49:29.642361+00', NULL, 'admin'),
	('01a21de9-7936-744c-b14a-91bbb837eb8b', '01a21de9-7899-7e35-ba6c-e1757e119c1e:mark_paused', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'owner:admin', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', NULL, 'Rests is paused.', '{"kind": "alert", "event": "agent_paused"}', 10, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:29.910944+00', '2026-11-27 16:49:29.910944+00', NULL, NULL, 'admin'),
	('01a21de9-79e6-74f0-b582-d2dfa17fdf8d', '01a21de9-796e-72c6-a2f0-6bb263c1f1a9:mark_paused', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', 'owner:admin', '01a21de9-75d0-7cb7-923b-cb130af17389', NULL, 'Returns is paused.', '{"kind": "alert", "event": "agent_paused"}', 11, 'parked', 'It waits for a WhatsApp number of its owner.', 0, NULL, NULL, '2026-12-04 16:49:30.086125+00', '2026-11-27 16:49:30.086125+00', NULL, NULL, 'admin'),
	('01a21de9-7a30-7cd7-b985-df46bd59dc8e', '01a21de9-7a30-764c-897f-598ada75a693', 'owner:admin', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'agent:web:rests-29a0a8d63fe4', 'rests one', '{}', 12, 'parked', 'It came while the agent was paused.', 0, NULL, NULL, '2026-12-04 16:49:30.160525+00', '2026-11-27 16:49:30.160525+00', NULL, NULL, 'admin'),
	('01a21de9-7a3b-7b21-a10b-300f8d5275bf', '01a21de9-7a3b-7384-a0e1-e819d0594774', 'owner:admin', 'agent:01a21de9-7448-7d1f-811d-29a0a8d63fe4', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'agent:web:rests-29a0a8d63fe4', 'rests two', '{}', 13, 'parked', 'It came while the agent was paused.', 0, NULL, NULL, '2026-12-04 16:49:30.171146+00', '2026-11-27 16:49:30.171146+00', NULL, NULL, 'admin'),
	('01a21de9-7a43-7f9f-8c25-a18b6de28969', '01a21de9-7a43-7499-91fe-e63f559fc498', 'owner:admin', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', '01a21de9-75d0-7cb7-923b-cb130af17389', 'agent:web:returns-cb130af17389', 'returns one', '{}', 14, 'parked', 'It came while the agent was paused.', 0, NULL, NULL, '2026-12-04 16:49:30.179271+00', '2026-11-27 16:49:30.179271+00', NULL, NULL, 'admin'),
	('01a21de9-7a4a-722c-818a-ccc5e078f5b3', '01a21de9-7a4a-72e0-b212-35cdcb142bc5', 'owner:admin', 'agent:01a21de9-75d0-7cb7-923b-cb130af17389', '01a21de9-75d0-7cb7-923b-cb130af17389', 'agent:web:returns-cb130af17389', 'returns two', '{}', 15, 'parked', 'It came while the agent was paused.', 0, NULL, NULL, '2026-12-04 16:49:30.186409+00', '2026-11-27 16:49:30.186409+00', NULL, NULL, 'admin'),
	('01a21de9-7a50-70d8-ba16-f9d44f9b9ed9', '01a21de9-7a50-779c-a597-9bb44802a049', 'owner:admin', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'agent:web:talks-36738ac48ee2', 'talks one', '{}', 16, 'accepted', NULL, 1, '01a21de9-7a52-74ae-b288-edbe81725154', NULL, '2026-12-04 16:49:30.19294+00', '2026-11-27 16:49:30.19294+00', NULL, NULL, 'admin'),
	('01a21de9-7a5f-77ff-b501-fe9701e15b41', '01a21de9-7a5f-7be7-b90f-12f0de7c2652', 'owner:admin', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'agent:web:talks-36738ac48ee2', 'talks two', '{}', 17, 'accepted', NULL, 0, '01a21de9-7a60-7079-8a01-1cc0d210850b', NULL, '2026-12-04 16:49:30.207405+00', '2026-11-27 16:49:30.207405+00', NULL, NULL, 'admin'),
	('01a21de9-7a78-7b59-b8ac-31019108ceee', '01a21de9-7a78-7197-ab73-0a101770fef0', 'owner:admin', 'agent:01a21de9-6e4a-71f2-bc2b-36738ac48ee2', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'agent:web:talks-36738ac48ee2', 'talks three', '{}', 18, 'accepted', NULL, 0, '01a21de9-7a79-7852-a8b8-2bf50d6b52e1', NULL, '2026-12-04 16:49:30.232273+00', '2026-11-27 16:49:30.232273+00', NULL, NULL, 'admin');
INSERT INTO openclaw_system.operation_outputs VALUES
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 1, 'store_metadata', '{"session_key": "agent:web:looks-6db4a199c233"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '15', '2026-11-27 16:49:28.400394+00', '2026-11-27 16:49:28.405884+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 2, 'connect_runtime', '{"runtime_id": "openai-01a21de9732b782399476db4a199c233"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '16', '2026-11-27 16:49:28.416021+00', '2026-11-27 16:49:28.419678+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 3, 'start_heartbeat', '{"next_heartbeat_at": "2026-11-27T17:12:40.0310352+00:00"}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '17', '2026-11-27 16:49:28.435368+00', '2026-11-27 16:49:28.444198+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 0, 'validate', '{"runtime": "openai"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '3', '2026-11-27 16:49:27.442701+00', '2026-11-27 16:49:27.545242+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 1, 'store_metadata', '{"session_key": "agent:web:talks-36738ac48ee2"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '4', '2026-11-27 16:49:27.572642+00', '2026-11-27 16:49:27.582971+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '18', '2026-11-27 16:49:28.460296+00', '2026-11-27 16:49:28.487656+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 2, 'connect_runtime', '{"runtime_id": "openai-01a21de96e4a71f2bc2b36738ac48ee2"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '5', '2026-11-27 16:49:27.600038+00', '2026-11-27 16:49:27.620143+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 3, 'start_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '6', '2026-11-27 16:49:27.634541+00', '2026-11-27 16:49:27.663204+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '7', '2026-11-27 16:49:27.674682+00', '2026-11-27 16:49:27.796881+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '8', '2026-11-27 16:49:28.071895+00', '2026-11-27 16:49:28.079668+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 1, 'store_metadata', '{"session_key": "agent:web:beats-ea861d8c5703"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '9', '2026-11-27 16:49:28.089686+00', '2026-11-27 16:49:28.095842+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de971da754899c6ea861d8c5703"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '10', '2026-11-27 16:49:28.106804+00', '2026-11-27 16:49:28.112652+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 3, 'start_heartbeat', '{"next_heartbeat_at": "2026-11-27T17:16:38.8275515+00:00"}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '11', '2026-11-27 16:49:28.122801+00', '2026-11-27 16:49:28.135608+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '19', '2026-11-27 16:49:28.693358+00', '2026-11-27 16:49:28.69718+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '12', '2026-11-27 16:49:28.160048+00', '2026-11-27 16:49:28.169475+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 1, 'store_metadata', '{"session_key": "agent:web:rests-29a0a8d63fe4"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '20', '2026-11-27 16:49:28.704447+00', '2026-11-27 16:49:28.707467+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 0, 'validate', '{"runtime": "openai"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '14', '2026-11-27 16:49:28.385133+00', '2026-11-27 16:49:28.389291+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de974487d1f811d29a0a8d63fe4"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '21', '2026-11-27 16:49:28.714182+00', '2026-11-27 16:49:28.71869+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 3, 'start_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '22', '2026-11-27 16:49:28.72582+00', '2026-11-27 16:49:28.732359+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '23', '2026-11-27 16:49:28.739176+00', '2026-11-27 16:49:28.745349+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '51', '2026-11-27 16:49:32.378528+00', '2026-11-27 16:49:32.380621+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 2, 'store_checkpoint', '{"checkpoint": 1}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '46', '2026-11-27 16:49:30.073521+00', '2026-11-27 16:49:30.078481+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 3, 'mark_paused', '{"status": "paused"}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '47', '2026-11-27 16:49:30.084423+00', '2026-11-27 16:49:30.087819+00'),
	('01a21de9-7a52-74ae-b288-edbe81725154', 0, 'resolve_recipient', '{"run_id": "01a21de9-7a50-779c-a597-9bb44802a049", "content": "talks one", "deliver": true, "is_backlog": false, "has_context": false, "session_key": "agent:web:talks-36738ac48ee2"}', NULL, 1, 0, 0, 'node-a:18789/8268-5db71753', NULL, '2026-11-27 16:49:30.192393+00', '2026-11-27 16:49:30.192393+00'),
	('01a21de9-7a52-74ae-b288-edbe81725154', 1, 'deliver', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '39', '2026-11-27 16:49:30.192393+00', NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '24', '2026-11-27 16:49:28.856393+00', '2026-11-27 16:49:28.861861+00'),
	('01a21de9-7a52-74ae-b288-edbe81725154', 2, 'reply', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 1, 'store_metadata', '{"session_key": "agent:web:leaves-27895859cd98"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '25', '2026-11-27 16:49:28.873372+00', '2026-11-27 16:49:28.877694+00'),
	('01a21de9-7a79-7852-a8b8-2bf50d6b52e1', 0, 'resolve_recipient', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de9750177a88a4427895859cd98"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '26', '2026-11-27 16:49:28.88812+00', '2026-11-27 16:49:28.892107+00'),
	('01a21de9-7a79-7852-a8b8-2bf50d6b52e1', 1, 'deliver', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 3, 'start_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '27', '2026-11-27 16:49:28.900257+00', '2026-11-27 16:49:28.908129+00'),
	('01a21de9-7a79-7852-a8b8-2bf50d6b52e1', 2, 'reply', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '28', '2026-11-27 16:49:28.916753+00', '2026-11-27 16:49:28.926471+00'),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 2, 'record_results', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 3, 'alert_if_needed', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 4, 'schedule_next', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 1, 'store_metadata', '{"session_key": "agent:web:born-dfcf9b6b47c4"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '52', '2026-11-27 16:49:32.385782+00', '2026-11-27 16:49:32.388123+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '29', '2026-11-27 16:49:29.060393+00', '2026-11-27 16:49:29.062877+00'),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 1, 'run_checklist', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', NULL, '2026-11-27 16:49:32.28353+00', NULL),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 1, 'store_metadata', '{"session_key": "agent:web:returns-cb130af17389"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '30', '2026-11-27 16:49:29.070691+00', '2026-11-27 16:49:29.073631+00'),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 0, 'open_execution', '{"beats": true, "until": "2026-11-27T17:19:30.358536+00:00", "healthy": true, "checklist": ["disk"]}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '50', '2026-11-27 16:49:32.222077+00', '2026-11-27 16:49:32.283573+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de975d07cb7923bcb130af17389"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '31', '2026-11-27 16:49:29.082139+00', '2026-11-27 16:49:29.084289+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 3, 'start_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '32', '2026-11-27 16:49:29.092824+00', '2026-11-27 16:49:29.096884+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '33', '2026-11-27 16:49:29.104946+00', '2026-11-27 16:49:29.110685+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de982c770b8b865dfcf9b6b47c4"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '53', '2026-11-27 16:49:32.401885+00', '2026-11-27 16:49:32.403937+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 0, 'quiesce', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '44', '2026-11-27 16:49:29.981559+00', '2026-11-27 16:49:29.983943+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 3, 'start_heartbeat', NULL, NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '54', '2026-11-27 16:49:32.414244+00', NULL),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 1, 'capture_state', '{"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de975d07cb7923bcb130af17389", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": null, "heartbeat_active_hours": null}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '45', '2026-11-27 16:49:30.057214+00', '2026-11-27 16:49:30.063593+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 4, 'mark_running', NULL, NULL, 0, 0, 0, NULL, '55', NULL, NULL),
	('01a21de9-8310-73fd-9edc-9b689371097e', 2, 'store_checkpoint', NULL, NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '58', '2026-11-27 16:49:32.576665+00', NULL),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 1, 'disconnect_runtime', '{"disconnected": true}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '67', '2026-11-27 16:49:32.595162+00', '2026-11-27 16:49:32.599901+00'),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 2, 'mark_stopped', NULL, NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '68', '2026-11-27 16:49:32.613079+00', NULL),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 0, 'validate', '{"runtime": "local"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '34', '2026-11-27 16:49:29.250172+00', '2026-11-27 16:49:29.25286+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 1, 'store_metadata', '{"session_key": "agent:web:ends-f380d4a85de8"}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '35', '2026-11-27 16:49:29.267707+00', '2026-11-27 16:49:29.271152+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 2, 'connect_runtime', '{"runtime_id": "echo-01a21de9768978a3a918f380d4a85de8"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '36', '2026-11-27 16:49:29.279499+00', '2026-11-27 16:49:29.28152+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 3, 'start_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '37', '2026-11-27 16:49:29.290002+00', '2026-11-27 16:49:29.293741+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 4, 'mark_running', '{"status": "running"}', NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '38', '2026-11-27 16:49:29.307011+00', '2026-11-27 16:49:29.316634+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 0, 'resolve_recipient', '{"run_id": "01a21de9-778a-79a0-ab17-59afbafddcc2", "content": "before the pause", "deliver": true, "is_backlog": false, "has_context": false, "session_key": "agent:web:rests-29a0a8d63fe4"}', NULL, 1, 0, 0, 'node-a:18789/8268-5db71753', NULL, '2026-11-27 16:49:29.480485+00', '2026-11-27 16:49:29.480485+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 1, 'deliver', '{"text": "echo (no model behind this): before the pause", "usage": null}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '39', '2026-11-27 16:49:29.588475+00', '2026-11-27 16:49:29.625383+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 2, 'reply', '{"reply": "echo (no model behind this): before the pause"}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '39', '2026-11-27 16:49:29.625346+00', '2026-11-27 16:49:29.702166+00'),
	('01a21de9-8310-73fd-9edc-9b689371097e', 3, 'mark_paused', NULL, NULL, 0, 0, 0, NULL, '59', NULL, NULL),
	('01a21de9-8310-73fd-9edc-9b689371097e', 0, 'quiesce', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '56', '2026-11-27 16:49:32.447371+00', '2026-11-27 16:49:32.523741+00'),
	('01a21de9-8310-73fd-9edc-9b689371097e', 1, 'capture_state', '{"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de9750177a88a4427895859cd98", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": null, "heartbeat_active_hours": null}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '57', '2026-11-27 16:49:32.548854+00', '2026-11-27 16:49:32.566924+00'),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 0, 'quiesce', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '66', '2026-11-27 16:49:32.570541+00', '2026-11-27 16:49:32.572166+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 0, 'quiesce', NULL, NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '40', '2026-11-27 16:49:29.778145+00', '2026-11-27 16:49:29.791679+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 1, 'capture_state', '{"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de974487d1f811d29a0a8d63fe4", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": 9, "heartbeat_active_hours": null}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '41', '2026-11-27 16:49:29.800186+00', '2026-11-27 16:49:29.848836+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 2, 'store_checkpoint', '{"checkpoint": 1}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '42', '2026-11-27 16:49:29.861194+00', '2026-11-27 16:49:29.897494+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 3, 'mark_paused', '{"status": "paused"}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '43', '2026-11-27 16:49:29.905688+00', '2026-11-27 16:49:29.913593+00'),
	('01a21de9-7a60-7079-8a01-1cc0d210850b', 0, 'resolve_recipient', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7a60-7079-8a01-1cc0d210850b', 1, 'deliver', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-7a60-7079-8a01-1cc0d210850b', 2, 'reply', NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL),
	('01a21de9-8320-7527-9fd7-62b48019477d', 5, 'deliver_parked', NULL, NULL, 0, 0, 0, NULL, '65', NULL, NULL),
	('01a21de9-8320-7527-9fd7-62b48019477d', 0, 'load_checkpoint', '{"state": {"model": "local/echo", "persona": null, "runtime_id": "echo-01a21de975d07cb7923bcb130af17389", "configuration": {}, "parked_messages": [], "pending_messages": [], "conversation_turn": 0, "heartbeat_enabled": false, "heartbeat_interval": "00:30:00", "heartbeat_checklist": [], "workflows_in_flight": [], "until_next_heartbeat": null, "conversation_position": null, "heartbeat_active_hours": null}, "number": 1, "asked_for": false}', NULL, 1, 0, 1, 'node-a:18789/8268-5db71753', '60', '2026-11-27 16:49:32.486565+00', '2026-11-27 16:49:32.524164+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 1, 'restore_state', '{"checkpoint": 1, "settings_restored": false}', NULL, 1, 0, 2, 'node-a:18789/8268-5db71753', '61', '2026-11-27 16:49:32.546814+00', '2026-11-27 16:49:32.552515+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 2, 'reconnect_runtime', '{"runtime_id": "echo-01a21de975d07cb7923bcb130af17389"}', NULL, 1, 0, 3, 'node-a:18789/8268-5db71753', '62', '2026-11-27 16:49:32.586894+00', '2026-11-27 16:49:32.598761+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 3, 'restart_heartbeat', '{"next_heartbeat_at": null}', NULL, 1, 0, 4, 'node-a:18789/8268-5db71753', '63', '2026-11-27 16:49:32.632656+00', '2026-11-27 16:49:32.649708+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 4, 'mark_running', NULL, NULL, 1, 0, 5, 'node-a:18789/8268-5db71753', '64', '2026-11-27 16:49:32.667539+00', NULL);
INSERT INTO openclaw_system.workflow_events OVERRIDING SYSTEM VALUE VALUES
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 1, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:27.269277+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 2, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:27.507346+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 3, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:27.576521+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 4, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:27.618826+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 5, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:27.638496+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 6, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:27.678561+00'),
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 7, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:27.678561+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 8, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:28.02959+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 9, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.074589+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 10, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.092489+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 11, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.111286+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 12, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.124649+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 13, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.162205+00'),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 14, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:28.162205+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 15, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:28.363922+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 16, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.38704+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 17, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.402291+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 18, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.418611+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 19, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.440005+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 20, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.465916+00'),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 21, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:28.465916+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 22, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:28.649434+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 23, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.695284+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 24, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.705508+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 25, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.718427+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 26, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.72704+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 27, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.740248+00'),
	('01a21de9-7449-7989-b499-65953ff34fb3', 28, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:28.740248+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 29, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:28.834494+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 30, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.85985+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 31, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.874674+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 32, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.89115+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 33, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.900886+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 34, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:28.918441+00'),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 35, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:28.918441+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 36, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:29.041559+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 37, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.06163+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 38, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.071718+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 39, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.083985+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 40, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.093503+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 41, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.106068+00'),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 42, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:29.106068+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 43, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:29.226154+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 44, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.251503+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 45, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.268959+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 46, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.281199+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 47, 'step_completed', 'start_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.290628+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 48, 'step_completed', 'mark_running', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.308284+00'),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 49, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:29.308284+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 50, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:29.480485+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 51, 'step_completed', 'deliver', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.625017+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 52, 'step_completed', 'reply', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.629114+00'),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 53, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:29.629114+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 54, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:29.751602+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 55, 'step_completed', 'quiesce', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.788825+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 56, 'step_completed', 'capture_state', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.804046+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 57, 'step_completed', 'store_checkpoint', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.863871+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 58, 'step_completed', 'mark_paused', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.910055+00'),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 59, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:29.910055+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 60, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:29.965351+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 61, 'step_completed', 'quiesce', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:29.98298+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 62, 'step_completed', 'capture_state', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:30.058758+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 63, 'step_completed', 'store_checkpoint', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:30.07458+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 64, 'step_completed', 'mark_paused', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:30.085664+00'),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 65, 'succeeded', NULL, 'node-a:18789/8268-5db71753', NULL, NULL, '2026-11-27 16:49:30.085664+00'),
	('01a21de9-7a52-74ae-b288-edbe81725154', 66, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:30.192393+00'),
	('01a21de9-7a79-7852-a8b8-2bf50d6b52e1', 68, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:30.231553+00'),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 69, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:32.205821+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 71, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:32.360196+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 72, 'step_completed', 'validate', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.37961+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 74, 'step_completed', 'connect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.403593+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 79, 'step_completed', 'load_checkpoint', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.520562+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 80, 'step_completed', 'restore_state', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.54962+00'),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 84, 'step_completed', 'disconnect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.599486+00'),
	('01a21de9-7a60-7079-8a01-1cc0d210850b', 67, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:30.204004+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 76, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:32.447752+00'),
	('01a21de9-8310-73fd-9edc-9b689371097e', 78, 'step_completed', 'quiesce', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.515655+00'),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 82, 'step_completed', 'quiesce', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.571533+00'),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 70, 'step_completed', 'open_execution', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.268357+00'),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 73, 'step_completed', 'store_metadata', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.386538+00'),
	('01a21de9-8310-73fd-9edc-9b689371097e', 75, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:32.431671+00'),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 77, 'enqueued', NULL, 'admin', NULL, NULL, '2026-11-27 16:49:32.486274+00'),
	('01a21de9-8310-73fd-9edc-9b689371097e', 81, 'step_completed', 'capture_state', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.555162+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 83, 'step_completed', 'reconnect_runtime', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.597248+00'),
	('01a21de9-8320-7527-9fd7-62b48019477d', 85, 'step_completed', 'restart_heartbeat', 'node-a:18789/8268-5db71753', NULL, '{"attempt": 1}', '2026-11-27 16:49:32.64366+00');
INSERT INTO openclaw_system.workflow_status VALUES
	('01a21de9-6ed1-7160-bd1b-e451ed06a52f', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:57.442701+00', NULL, '00-60ab318fb58d5ee5ab16b9fc18e06d16-f02155f097dbfeb9-00', '2026-11-27 16:49:27.269277+00', '2026-11-27 16:49:27.796722+00', '2026-11-27 16:49:27.442701+00', '2026-11-27 16:49:27.796722+00', NULL, NULL),
	('01a21de9-71db-7091-bb73-6b00ba60adf5', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-71da-7548-99c6-ea861d8c5703', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:58.071895+00', NULL, '00-f57c88405c2d09bf003f54fd3e4c1619-66cafd3da55101e9-00', '2026-11-27 16:49:28.02959+00', '2026-11-27 16:49:28.169391+00', '2026-11-27 16:49:28.071895+00', '2026-11-27 16:49:28.169391+00', NULL, NULL),
	('01a21de9-732b-726a-ad4c-4762fffb2b44', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-732b-7823-9947-6db4a199c233', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:58.385133+00', NULL, '00-c0c0c9ca6862878d2df8f70eddeac7c8-df0df68ab1d2872e-00', '2026-11-27 16:49:28.363922+00', '2026-11-27 16:49:28.487523+00', '2026-11-27 16:49:28.385133+00', '2026-11-27 16:49:28.487523+00', NULL, NULL),
	('01a21de9-7449-7989-b499-65953ff34fb3', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:58.693358+00', NULL, '00-8f37b138019479ed31be9ae37d8fc9a9-6b26ffb6a64baeca-00', '2026-11-27 16:49:28.649434+00', '2026-11-27 16:49:28.745267+00', '2026-11-27 16:49:28.693358+00', '2026-11-27 16:49:28.745267+00', NULL, NULL),
	('01a21de9-7502-737f-a2f1-dca01408f82e', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-7501-77a8-8a44-27895859cd98', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:58.856393+00', NULL, '00-11547fb0252118ab333ad9a5a91ccd90-8df59e7e4cc0b31d-00', '2026-11-27 16:49:28.834494+00', '2026-11-27 16:49:28.926345+00', '2026-11-27 16:49:28.856393+00', '2026-11-27 16:49:28.926345+00', NULL, NULL),
	('01a21de9-75d1-710e-a446-8e45a9651d4c', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-75d0-7cb7-923b-cb130af17389', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:59.060393+00', NULL, '00-f7e2624b4639cd049547b2dccd77a89d-069ffdda96e8a2d5-00', '2026-11-27 16:49:29.041559+00', '2026-11-27 16:49:29.110569+00', '2026-11-27 16:49:29.060393+00', '2026-11-27 16:49:29.110569+00', NULL, NULL),
	('01a21de9-7689-7484-b5da-59f3d78c402f', 'provision_agent', 1, 'chained', 'SUCCESS', '01a21de9-7689-78a3-a918-f380d4a85de8', 'admin', '{}', '{"status": "running"}', NULL, NULL, 5, NULL, 5, 0, NULL, NULL, NULL, '2026-11-27 16:49:59.250172+00', NULL, '00-636358643adb397a9278b82e0c4976d3-67d96ee30c334e90-00', '2026-11-27 16:49:29.226154+00', '2026-11-27 16:49:29.316522+00', '2026-11-27 16:49:29.250172+00', '2026-11-27 16:49:29.316522+00', NULL, NULL),
	('01a21de9-77a7-7fb6-8bf3-9ee15d15db28', 'route_message', 1, 'inline', 'SUCCESS', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'admin', '{"message_id": "01a21de9-778a-795b-b6f6-a9a2c810d2a7"}', '{"reply": "echo (no model behind this): before the pause"}', NULL, NULL, 3, NULL, 1, 0, NULL, NULL, NULL, '2026-11-27 16:50:29.588475+00', NULL, '00-4cfe66c20b0c016fadc6f4b250bd55e4-abe866936a058e3c-00', '2026-11-27 16:49:29.480485+00', '2026-11-27 16:49:29.702024+00', '2026-11-27 16:49:29.588475+00', '2026-11-27 16:49:29.702025+00', 'messages', NULL),
	('01a21de9-796e-72c6-a2f0-6bb263c1f1a9', 'pause_agent', 1, 'chained', 'SUCCESS', '01a21de9-75d0-7cb7-923b-cb130af17389', 'admin', '{}', '{"status": "paused"}', NULL, NULL, 4, NULL, 4, 0, NULL, NULL, NULL, '2026-11-27 16:49:59.981559+00', NULL, '00-e0a2d614f345506d577bd4f626c8e6f4-4d5ccaf98a342054-00', '2026-11-27 16:49:29.965351+00', '2026-11-27 16:49:30.08773+00', '2026-11-27 16:49:29.981559+00', '2026-11-27 16:49:30.08773+00', NULL, NULL),
	('01a21de9-7a52-74ae-b288-edbe81725154', 'route_message', 1, 'inline', 'PENDING', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'admin', '{"message_id": "01a21de9-7a50-70d8-ba16-f9d44f9b9ed9"}', NULL, NULL, NULL, 1, 'node-a:18789/8268-5db71753', 1, 0, NULL, NULL, NULL, '2026-11-27 16:50:30.192393+00', NULL, '00-06397feb696bb545e8072ada8630ae79-8ce5ccee79f5ca8b-00', '2026-11-27 16:49:30.192393+00', '2026-11-27 16:49:30.192393+00', '2026-11-27 16:49:30.192393+00', NULL, 'messages', NULL),
	('01a21de9-7a60-7079-8a01-1cc0d210850b', 'route_message', 1, 'inline', 'ENQUEUED', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'admin', '{"message_id": "01a21de9-7a5f-77ff-b501-fe9701e15b41"}', NULL, NULL, NULL, 0, NULL, 0, 0, NULL, NULL, NULL, '2026-11-27 17:49:30.204004+00', NULL, '00-6dd07bcd9f2c2e9ad5d063787038a027-59b254e323529fab-00', '2026-11-27 16:49:30.204004+00', '2026-11-27 16:49:30.204004+00', NULL, NULL, 'messages', NULL),
	('01a21de9-7a79-7852-a8b8-2bf50d6b52e1', 'route_message', 1, 'inline', 'ENQUEUED', '01a21de9-6e4a-71f2-bc2b-36738ac48ee2', 'admin', '{"message_id": "01a21de9-7a78-7b59-b8ac-31019108ceee"}', NULL, NULL, NULL, 0, NULL, 0, 0, NULL, NULL, NULL, '2026-11-27 17:49:30.231553+00', NULL, '00-715d8d6bc4b1eb8b06f7bfb01b48a8cf-cc2da949c098c0ee-00', '2026-11-27 16:49:30.231553+00', '2026-11-27 16:49:30.231553+00', NULL, NULL, 'messages', NULL),
	('01a21de9-822f-7b53-845b-9b7b2f072fd7', 'heartbeat', 1, 'inline', 'PENDING', '01a21de9-732b-7823-9947-6db4a199c233', 'admin', '{"due_at": "2026-11-27T16:49:30.358536+00:00", "on_demand": false}', NULL, NULL, 'heartbeat:01a21de9-732b-7823-9947-6db4a199c233:2026-11-27T16:49:30.3585360+00:00', 1, 'node-a:18789/8268-5db71753', 1, 0, NULL, NULL, NULL, '2026-11-27 16:50:32.222077+00', NULL, NULL, '2026-11-27 16:49:32.205821+00', '2026-11-27 16:49:32.283464+00', '2026-11-27 16:49:32.222077+00', NULL, 'heartbeats', NULL),
	('01a21de9-82c7-73c0-9d9d-e9b13aa79818', 'provision_agent', 1, 'chained', 'PENDING', '01a21de9-82c7-70b8-b865-dfcf9b6b47c4', 'admin', '{}', NULL, NULL, NULL, 3, 'node-a:18789/8268-5db71753', 4, 0, NULL, NULL, NULL, '2026-11-27 16:50:02.378528+00', NULL, '00-c7a415a1cbe0b98bcf789914823308d7-12ab53b6f6f31f7f-00', '2026-11-27 16:49:32.360196+00', '2026-11-27 16:49:32.414244+00', '2026-11-27 16:49:32.378528+00', NULL, NULL, NULL),
	('01a21de9-8310-73fd-9edc-9b689371097e', 'pause_agent', 1, 'chained', 'PENDING', '01a21de9-7501-77a8-8a44-27895859cd98', 'admin', '{}', NULL, NULL, NULL, 2, 'node-a:18789/8268-5db71753', 3, 0, NULL, NULL, NULL, '2026-11-27 16:50:02.447371+00', NULL, '00-22891a0fa62a83d1f3e3c21781707157-af8a414c2f991556-00', '2026-11-27 16:49:32.431671+00', '2026-11-27 16:49:32.576665+00', '2026-11-27 16:49:32.447371+00', NULL, NULL, NULL),
	('01a21de9-7899-7e35-ba6c-e1757e119c1e', 'pause_agent', 1, 'chained', 'SUCCESS', '01a21de9-7448-7d1f-811d-29a0a8d63fe4', 'admin', '{}', '{"status": "paused"}', NULL, NULL, 4, NULL, 4, 0, NULL, NULL, NULL, '2026-11-27 16:49:59.778145+00', NULL, '00-c672a1e68f89893babb90b8357d8c577-e2f34529b19650ce-00', '2026-11-27 16:49:29.751602+00', '2026-11-27 16:49:29.913479+00', '2026-11-27 16:49:29.778145+00', '2026-11-27 16:49:29.913479+00', NULL, NULL),
	('01a21de9-8348-7c31-8c1f-8f7657a8f193', 'stop_agent', 1, 'chained', 'PENDING', '01a21de9-7689-78a3-a918-f380d4a85de8', 'admin', '{}', NULL, NULL, NULL, 2, 'node-a:18789/8268-5db71753', 3, 0, NULL, NULL, NULL, '2026-11-27 16:50:02.570541+00', NULL, '00-e4a656d253084202fc83dee532bafb66-815c52800ad1530d-00', '2026-11-27 16:49:32.486274+00', '2026-11-27 16:49:32.613079+00', '2026-11-27 16:49:32.570541+00', NULL, NULL, NULL),
	('01a21de9-8320-7527-9fd7-62b48019477d', 'resume_agent', 1, 'chained', 'PENDING', '01a21de9-75d0-7cb7-923b-cb130af17389', 'admin', '{"checkpoint": null}', NULL, NULL, NULL, 4, 'node-a:18789/8268-5db71753', 5, 0, NULL, NULL, NULL, '2026-11-27 16:50:02.486565+00', NULL, '00-aca80ea985fa729a7cf506a060b96012-d3108d36d8b5dfae-00', '2026-11-27 16:49:32.447752+00', '2026-11-27 16:49:32.667539+00', '2026-11-27 16:49:32.486565+00', NULL, NULL, NULL);
SELECT pg_catalog.setval('hangfire.aggregatedcounter_id_seq', 1, false);
SELECT pg_catalog.setval('hangfire.counter_id_seq', 177, true);
SELECT pg_catalog.setval('hangfire.hash_id_seq', 42, true);
SELECT pg_catalog.setval('hangfire.job_id_seq', 68, true);
SELECT pg_catalog.setval('hangfire.jobparameter_id_seq', 56, true);
SELECT pg_catalog.setval('hangfire.jobqueue_id_seq', 65, true);
SELECT pg_catalog.setval('hangfire.list_id_seq', 1, false);
SELECT pg_catalog.setval('hangfire.set_id_seq', 57, true);
SELECT pg_catalog.setval('hangfire.state_id_seq', 237, true);
SELECT pg_catalog.setval('openclaw.audit_log_id_seq', 21, true);
SELECT pg_catalog.setval('openclaw.bridge_commands_id_seq', 1, false);
SELECT pg_catalog.setval('openclaw.conversation_turns_id_seq', 1, false);
SELECT pg_catalog.setval('openclaw.health_transitions_id_seq', 9, true);
SELECT pg_catalog.setval('openclaw_system.notifications_sequence_seq', 20, true);
SELECT pg_catalog.setval('openclaw_system.workflow_events_seq_seq', 85, true);
ALTER TABLE ONLY hangfire.aggregatedcounter
    ADD CONSTRAINT aggregatedcounter_key_key UNIQUE (key);
ALTER TABLE ONLY hangfire.aggregatedcounter
    ADD CONSTRAINT aggregatedcounter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.hash
    ADD CONSTRAINT hash_key_field_key UNIQUE (key, field);
ALTER TABLE ONLY hangfire.hash
    ADD CONSTRAINT hash_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.jobparameter
    ADD CONSTRAINT jobparameter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.jobqueue
    ADD CONSTRAINT jobqueue_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.list
    ADD CONSTRAINT list_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.lock
    ADD CONSTRAINT lock_resource_key UNIQUE (resource);
ALTER TABLE ONLY hangfire.lock REPLICA IDENTITY USING INDEX lock_resource_key;
ALTER TABLE ONLY hangfire.schema
    ADD CONSTRAINT schema_pkey PRIMARY KEY (version);
ALTER TABLE ONLY hangfire.server
    ADD CONSTRAINT server_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.set
    ADD CONSTRAINT set_key_value_key UNIQUE (key, value);
ALTER TABLE ONLY hangfire.set
    ADD CONSTRAINT set_pkey PRIMARY KEY (id);
ALTER TABLE ONLY hangfire.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.__migrations
    ADD CONSTRAINT "PK___migrations" PRIMARY KEY ("MigrationId");
ALTER TABLE ONLY openclaw.agent_checkpoints
    ADD CONSTRAINT agent_checkpoints_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.agent_checkpoints
    ADD CONSTRAINT agent_checkpoints_workflow_uuid_key UNIQUE (workflow_uuid);
ALTER TABLE ONLY openclaw.agent_usage
    ADD CONSTRAINT agent_usage_pkey PRIMARY KEY (agent_id, day);
ALTER TABLE ONLY openclaw.agents
    ADD CONSTRAINT agents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.bridge_commands
    ADD CONSTRAINT bridge_commands_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.browser_sessions
    ADD CONSTRAINT browser_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.commands
    ADD CONSTRAINT commands_owner_source_message_id_key UNIQUE (owner, source, message_id);
ALTER TABLE ONLY openclaw.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY openclaw.conversation_turns
    ADD CONSTRAINT conversation_turns_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.conversation_turns
    ADD CONSTRAINT conversation_turns_turn_key_key UNIQUE (turn_key);
ALTER TABLE ONLY openclaw.data_protection_keys
    ADD CONSTRAINT data_protection_keys_pkey PRIMARY KEY (friendly_name);
ALTER TABLE ONLY openclaw.device_requests
    ADD CONSTRAINT device_requests_pkey PRIMARY KEY (request_id);
ALTER TABLE ONLY openclaw.device_tokens
    ADD CONSTRAINT device_tokens_pkey PRIMARY KEY (device_id, role);
ALTER TABLE ONLY openclaw.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (device_id);
ALTER TABLE ONLY openclaw.gateway_presence
    ADD CONSTRAINT gateway_presence_pkey PRIMARY KEY (connection_id);
ALTER TABLE ONLY openclaw.health_checks
    ADD CONSTRAINT health_checks_pkey PRIMARY KEY (name, node);
ALTER TABLE ONLY openclaw.health_transitions
    ADD CONSTRAINT health_transitions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.heartbeat_executions
    ADD CONSTRAINT heartbeat_executions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.heartbeat_executions
    ADD CONSTRAINT heartbeat_executions_workflow_uuid_key UNIQUE (workflow_uuid);
ALTER TABLE ONLY openclaw.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (owner, key);
ALTER TABLE ONLY openclaw.message_contexts
    ADD CONSTRAINT message_contexts_pkey PRIMARY KEY (message_id);
ALTER TABLE ONLY openclaw.notification_rules
    ADD CONSTRAINT notification_rules_pkey PRIMARY KEY (owner);
ALTER TABLE ONLY openclaw.scheduled_prompts
    ADD CONSTRAINT scheduled_prompts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.session_servers
    ADD CONSTRAINT session_servers_pkey PRIMARY KEY (agent_id, connection_id);
ALTER TABLE ONLY openclaw.session_turns
    ADD CONSTRAINT session_turns_pkey PRIMARY KEY (turn_key);
ALTER TABLE ONLY openclaw.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (key);
ALTER TABLE ONLY openclaw.turn_leases
    ADD CONSTRAINT turn_leases_pkey PRIMARY KEY (agent_id);
ALTER TABLE ONLY openclaw.whatsapp_messages
    ADD CONSTRAINT whatsapp_messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.whatsapp_senders
    ADD CONSTRAINT whatsapp_senders_pkey PRIMARY KEY (number);
ALTER TABLE ONLY openclaw.work_items
    ADD CONSTRAINT work_items_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw.workflow_metrics
    ADD CONSTRAINT workflow_metrics_pkey PRIMARY KEY (bucket, name, status, duration_bucket);
ALTER TABLE ONLY openclaw.workflow_metrics_progress
    ADD CONSTRAINT workflow_metrics_progress_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY openclaw_system.executors
    ADD CONSTRAINT executors_pkey PRIMARY KEY (executor_id);
ALTER TABLE ONLY openclaw_system.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);
ALTER TABLE ONLY openclaw_system.operation_outputs
    ADD CONSTRAINT operation_outputs_pkey PRIMARY KEY (workflow_uuid, function_id);
ALTER TABLE ONLY openclaw_system.workflow_events
    ADD CONSTRAINT workflow_events_pkey PRIMARY KEY (workflow_uuid, seq);
ALTER TABLE ONLY openclaw_system.workflow_status
    ADD CONSTRAINT workflow_status_pkey PRIMARY KEY (workflow_uuid);
CREATE INDEX ix_hangfire_counter_expireat ON hangfire.counter USING btree (expireat);
CREATE INDEX ix_hangfire_counter_key ON hangfire.counter USING btree (key);
CREATE INDEX ix_hangfire_hash_expireat ON hangfire.hash USING btree (expireat);
CREATE INDEX ix_hangfire_job_expireat ON hangfire.job USING btree (expireat);
CREATE INDEX ix_hangfire_job_statename ON hangfire.job USING btree (statename);
CREATE INDEX ix_hangfire_job_statename_is_not_null ON hangfire.job USING btree (statename) INCLUDE (id) WHERE (statename IS NOT NULL);
CREATE INDEX ix_hangfire_jobparameter_jobidandname ON hangfire.jobparameter USING btree (jobid, name);
CREATE INDEX ix_hangfire_jobqueue_fetchedat_queue_jobid ON hangfire.jobqueue USING btree (fetchedat NULLS FIRST, queue, jobid);
CREATE INDEX ix_hangfire_jobqueue_jobidandqueue ON hangfire.jobqueue USING btree (jobid, queue);
CREATE INDEX ix_hangfire_jobqueue_queueandfetchedat ON hangfire.jobqueue USING btree (queue, fetchedat);
CREATE INDEX ix_hangfire_list_expireat ON hangfire.list USING btree (expireat);
CREATE INDEX ix_hangfire_set_expireat ON hangfire.set USING btree (expireat);
CREATE INDEX ix_hangfire_set_key_score ON hangfire.set USING btree (key, score);
CREATE INDEX ix_hangfire_state_jobid ON hangfire.state USING btree (jobid);
CREATE UNIQUE INDEX ix_agent_checkpoints_number ON openclaw.agent_checkpoints USING btree (agent_id, number);
CREATE INDEX ix_agents_name ON openclaw.agents USING btree (user_id, name, id);
CREATE INDEX ix_agents_next_heartbeat_at ON openclaw.agents USING btree (next_heartbeat_at) WHERE (next_heartbeat_at IS NOT NULL);
CREATE UNIQUE INDEX ix_agents_openclaw_session_key ON openclaw.agents USING btree (openclaw_session_key);
CREATE INDEX ix_agents_slug ON openclaw.agents USING btree (user_id, "left"(openclaw_session_key, '-13'::integer));
CREATE INDEX ix_agents_status ON openclaw.agents USING btree (status, id);
CREATE INDEX ix_agents_user_id ON openclaw.agents USING btree (user_id, status, degraded_at);
CREATE INDEX ix_audit_log_created_at ON openclaw.audit_log USING brin (created_at) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX ix_audit_log_subject ON openclaw.audit_log USING btree (subject, id);
CREATE INDEX ix_commands_contact ON openclaw.commands USING btree (owner, source, contact, id);
CREATE INDEX ix_commands_owner ON openclaw.commands USING btree (owner, id);
CREATE INDEX ix_contacts_owner ON openclaw.contacts USING btree (owner) WHERE (owner IS NOT NULL);
CREATE INDEX ix_conversation_turns_forgotten_at ON openclaw.conversation_turns USING btree (forgotten_at) WHERE (forgotten_at IS NOT NULL);
CREATE INDEX ix_conversation_turns_session ON openclaw.conversation_turns USING btree (agent_id, session_key, id) WHERE (forgotten_at IS NULL);
CREATE INDEX ix_device_requests_device_id ON openclaw.device_requests USING btree (device_id) WHERE (decision IS NULL);
CREATE INDEX ix_gateway_presence_executor_id ON openclaw.gateway_presence USING btree (executor_id);
CREATE INDEX ix_health_transitions_name ON openclaw.health_transitions USING btree (name, id);
CREATE INDEX ix_heartbeat_executions_agent_id ON openclaw.heartbeat_executions USING btree (agent_id, id);
CREATE INDEX ix_heartbeat_executions_alert ON openclaw.heartbeat_executions USING btree (id) WHERE (status = 'alert'::text);
CREATE INDEX ix_idempotency_keys_created_at ON openclaw.idempotency_keys USING brin (created_at) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX ix_scheduled_prompts_agent_id ON openclaw.scheduled_prompts USING btree (agent_id);
CREATE INDEX ix_session_servers_connection_id ON openclaw.session_servers USING btree (connection_id);
CREATE INDEX ix_session_turns_created_at ON openclaw.session_turns USING btree (created_at);
CREATE INDEX ix_session_turns_waiting ON openclaw.session_turns USING btree (agent_id, created_at) WHERE (answered_at IS NULL);
CREATE INDEX ix_sessions_agent_id ON openclaw.sessions USING btree (agent_id, updated_at);
CREATE INDEX ix_sessions_session_id ON openclaw.sessions USING btree (session_id);
CREATE INDEX ix_sessions_updated_at ON openclaw.sessions USING btree (updated_at);
CREATE INDEX ix_whatsapp_messages_contact ON openclaw.whatsapp_messages USING btree (contact, id);
CREATE UNIQUE INDEX ix_whatsapp_messages_key ON openclaw.whatsapp_messages USING btree (direction, key);
CREATE INDEX ix_whatsapp_messages_open ON openclaw.whatsapp_messages USING btree (contact, id) WHERE (state = ANY (ARRAY['pending'::text, 'received'::text]));
CREATE UNIQUE INDEX ix_whatsapp_messages_sid ON openclaw.whatsapp_messages USING btree (sid);
CREATE INDEX ix_work_items_agent_id ON openclaw.work_items USING btree (agent_id) WHERE (state = 'active'::text);
CREATE INDEX ix_work_items_issue ON openclaw.work_items USING btree (owner, issue_number, id);
CREATE INDEX ix_work_items_workflow_uuid ON openclaw.work_items USING btree (workflow_uuid);
CREATE UNIQUE INDEX ux_work_items_active ON openclaw.work_items USING btree (owner, repository, issue_number) WHERE (state = 'active'::text);
CREATE INDEX ix_executors_alive ON openclaw_system.executors USING btree (node) WHERE (stopped_at IS NULL);
CREATE INDEX ix_notifications_accepted ON openclaw_system.notifications USING btree (recipient, sequence) WHERE (state = 'accepted'::text);
CREATE INDEX ix_notifications_agent_id ON openclaw_system.notifications USING btree (agent_id, sequence) WHERE (agent_id IS NOT NULL);
CREATE INDEX ix_notifications_expires_at ON openclaw_system.notifications USING btree (expires_at) WHERE (state = ANY (ARRAY['accepted'::text, 'parked'::text]));
CREATE INDEX ix_notifications_reply_to ON openclaw_system.notifications USING btree (reply_to) WHERE (reply_to IS NOT NULL);
CREATE UNIQUE INDEX ix_notifications_sender_message_id ON openclaw_system.notifications USING btree (sender, message_id);
CREATE INDEX ix_notifications_session_key ON openclaw_system.notifications USING btree (session_key, sequence) WHERE (session_key IS NOT NULL);
CREATE INDEX ix_notifications_told ON openclaw_system.notifications USING btree (owner, id) WHERE ((recipient ~~ 'owner:%'::text) AND (reply_to IS NULL));
CREATE INDEX ix_notifications_untold ON openclaw_system.notifications USING btree (owner, sequence) WHERE ((recipient ~~ 'owner:%'::text) AND (reply_to IS NULL) AND (state = 'parked'::text));
CREATE INDEX ix_notifications_waiting ON openclaw_system.notifications USING btree (recipient, sequence) WHERE (state = ANY (ARRAY['accepted'::text, 'parked'::text]));
CREATE INDEX ix_workflow_status_agent_id ON openclaw_system.workflow_status USING btree (agent_id, workflow_uuid) WHERE (agent_id IS NOT NULL);
CREATE INDEX ix_workflow_status_cancelled ON openclaw_system.workflow_status USING btree (workflow_uuid) WHERE (status = 'CANCELLED'::text);
CREATE INDEX ix_workflow_status_cancelling ON openclaw_system.workflow_status USING btree (executor_id) WHERE ((status = 'PENDING'::text) AND (cancel_requested_at IS NOT NULL));
CREATE INDEX ix_workflow_status_completed_at ON openclaw_system.workflow_status USING brin (completed_at) WITH (pages_per_range='16', autosummarize='on');
CREATE INDEX ix_workflow_status_due_at ON openclaw_system.workflow_status USING btree (due_at) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])) AND ((queue IS NULL) OR (executor_id IS NOT NULL)));
CREATE INDEX ix_workflow_status_failed ON openclaw_system.workflow_status USING btree (workflow_uuid) WHERE (status = ANY (ARRAY['ERROR'::text, 'RETRIES_EXCEEDED'::text]));
CREATE INDEX ix_workflow_status_forked_from ON openclaw_system.workflow_status USING btree (forked_from) WHERE (forked_from IS NOT NULL);
CREATE INDEX ix_workflow_status_held ON openclaw_system.workflow_status USING btree (executor_id) WHERE ((status = 'PENDING'::text) AND (executor_id IS NOT NULL));
CREATE INDEX ix_workflow_status_name ON openclaw_system.workflow_status USING btree (name, workflow_uuid);
CREATE INDEX ix_workflow_status_open ON openclaw_system.workflow_status USING btree (workflow_uuid) WHERE (completed_at IS NULL);
CREATE UNIQUE INDEX ix_workflow_status_owner_idempotency_key ON openclaw_system.workflow_status USING btree (owner, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX ix_workflow_status_queue ON openclaw_system.workflow_status USING btree (queue, due_at) WHERE ((queue IS NOT NULL) AND (executor_id IS NULL) AND (status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])));
CREATE TRIGGER remove_with_workflow AFTER DELETE ON openclaw_system.workflow_status REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION openclaw_system.remove_with_workflow();
ALTER TABLE ONLY hangfire.jobparameter
    ADD CONSTRAINT jobparameter_jobid_fkey FOREIGN KEY (jobid) REFERENCES hangfire.job(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY hangfire.state
    ADD CONSTRAINT state_jobid_fkey FOREIGN KEY (jobid) REFERENCES hangfire.job(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.agent_checkpoints
    ADD CONSTRAINT agent_checkpoints_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.agent_usage
    ADD CONSTRAINT agent_usage_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.conversation_turns
    ADD CONSTRAINT conversation_turns_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.device_tokens
    ADD CONSTRAINT fk_device_tokens_devices FOREIGN KEY (device_id) REFERENCES openclaw.devices(device_id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.heartbeat_executions
    ADD CONSTRAINT heartbeat_executions_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.message_contexts
    ADD CONSTRAINT message_contexts_message_id_fkey FOREIGN KEY (message_id) REFERENCES openclaw_system.notifications(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.scheduled_prompts
    ADD CONSTRAINT scheduled_prompts_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.session_servers
    ADD CONSTRAINT session_servers_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.session_turns
    ADD CONSTRAINT session_turns_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.sessions
    ADD CONSTRAINT sessions_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.turn_leases
    ADD CONSTRAINT turn_leases_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES openclaw.agents(id) ON DELETE CASCADE;
ALTER TABLE ONLY openclaw.whatsapp_messages
    ADD CONSTRAINT whatsapp_messages_contact_fkey FOREIGN KEY (contact) REFERENCES openclaw.contacts(number);
