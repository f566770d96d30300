-- What scripts/import-dbos does in the service's database, in one transaction. Before it stands a temporary table "came (kind text, row jsonb)":
-- each row of the DBOS version as JSON, so that a column that some SDK does not have reads as null. Every insert leaves alone what is there.

-- What SuperJSON wraps is unwrapped; what is no JSON stays as text.
CREATE FUNCTION pg_temp.value_of(text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE value jsonb;
BEGIN
  value := $1::jsonb;
  RETURN CASE WHEN jsonb_typeof(value) = 'object' AND value ? '__dbos_serializer' THEN value -> 'json' ELSE value END;
EXCEPTION WHEN OTHERS THEN
  RETURN to_jsonb($1);
END $$;

-- An id that is no UUID becomes one, always the same.
CREATE FUNCTION pg_temp.uuid_of(text) RETURNS uuid LANGUAGE sql AS $$
  SELECT CASE WHEN $1 ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN $1::uuid ELSE md5('dbos:' || $1)::uuid END
$$;

CREATE FUNCTION pg_temp.time_of(text) RETURNS timestamptz LANGUAGE sql AS $$ SELECT to_timestamp($1::numeric / 1000) $$;

CREATE TEMP TABLE told (line integer, what text, found bigint, brought bigint, note text) ON COMMIT DROP;

-- An agent's runtime has to be connected anew: one that is not stopped waits to be provisioned.
WITH brought AS (
  INSERT INTO openclaw.agents (id, name, persona, model, user_id, status, openclaw_session_key, openclaw_agent_id, heartbeat_enabled, heartbeat_interval,
    heartbeat_checklist, heartbeat_failures, configuration, error_message, error_count, created_at, updated_at, stopped_at)
  SELECT (row ->> 'id')::uuid, row ->> 'name', row ->> 'persona',
    CASE WHEN row ->> 'model' LIKE '%/%' THEN row ->> 'model' WHEN row ->> 'model' LIKE 'claude%' THEN 'anthropic/' || (row ->> 'model')
      WHEN row ->> 'model' ~ '^(gpt|o[0-9])' THEN 'openai/' || (row ->> 'model') ELSE row ->> 'model' END,
    'admin', CASE row ->> 'status' WHEN 'stopped' THEN 'stopped' WHEN 'failed' THEN 'failed' ELSE 'provisioning' END,
    coalesce(row ->> 'openclaw_session_key', 'agent:web:' || (row ->> 'id')), row ->> 'openclaw_agent_id',
    coalesce((row ->> 'heartbeat_enabled')::boolean, false), coalesce(row ->> 'heartbeat_interval', '30m')::interval,
    coalesce((SELECT array_agg(item) FROM jsonb_array_elements_text(CASE jsonb_typeof(row -> 'heartbeat_checklist') WHEN 'array' THEN row -> 'heartbeat_checklist' END) item), '{}'), 0,
    CASE jsonb_typeof(row -> 'configuration') WHEN 'object' THEN row -> 'configuration' ELSE '{}' END,
    row ->> 'error_message', coalesce((row ->> 'error_count')::integer, 0), (row ->> 'created_at')::timestamptz,
    coalesce(row ->> 'updated_at', row ->> 'created_at')::timestamptz, (row ->> 'stopped_at')::timestamptz
  FROM came WHERE kind = 'agent_swarm_instances'
  ON CONFLICT DO NOTHING RETURNING 1)
INSERT INTO told SELECT 1, 'agents', (SELECT count(*) FROM came WHERE kind = 'agent_swarm_instances'), (SELECT count(*) FROM brought), 'provision each: scripts/claw POST /agents/ID/provision';

-- What an agent and somebody said, under the agent's own conversation, in the order of time.
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT agent.id AS agent_id, agent.openclaw_session_key AS session_key, agent.model, (message.row ->> 'id')::uuid AS id, message.row ->> 'role' AS role,
  message.row ->> 'content' AS content, (message.row ->> 'created_at')::timestamptz AS created_at, conversation.row ->> 'id' AS conversation
FROM came message
JOIN came conversation ON conversation.kind = 'conversations' AND conversation.row ->> 'id' = message.row ->> 'conversation_id'
JOIN openclaw.agents agent ON agent.id = (conversation.row ->> 'agent_swarm_instance_id')::uuid
WHERE message.kind = 'messages' AND message.row ->> 'role' IN ('user', 'assistant');

INSERT INTO openclaw.sessions (key, session_id, agent_id, created_at, updated_at)
SELECT session_key, gen_random_uuid(), agent_id, min(created_at), max(created_at) FROM said GROUP BY session_key, agent_id
ON CONFLICT DO NOTHING;

WITH ordered AS (
  SELECT *, CASE role WHEN 'assistant' THEN (array_agg(id) FILTER (WHERE role = 'user') OVER (PARTITION BY conversation ORDER BY created_at, id)) END AS asked FROM said),
brought AS (
  INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, reply_to, expires_at, created_at, delivered_at, acked_at)
  SELECT id, id::text, 'admin', CASE role WHEN 'user' THEN 'import:dbos' ELSE 'agent:' || agent_id END, CASE role WHEN 'user' THEN 'agent:' || agent_id ELSE 'import:dbos' END,
    agent_id, session_key, content, jsonb_build_object('conversation', conversation), 'delivered', asked[cardinality(asked)], created_at, created_at, created_at, created_at
  FROM ordered ORDER BY ordered.created_at, ordered.id
  ON CONFLICT DO NOTHING RETURNING 1)
INSERT INTO told SELECT 2, 'messages of conversations', (SELECT count(*) FROM came WHERE kind = 'messages'), (SELECT count(*) FROM brought), 'those of no agent, and of the role system, stay';

-- What the model is shown: messages in a row by the same one are one turn.
WITH change AS (
  SELECT *, CASE WHEN role = 'user' AND lag(role) OVER line IS DISTINCT FROM 'user' THEN 1 ELSE 0 END AS begins
  FROM said WINDOW line AS (PARTITION BY conversation ORDER BY created_at, id)),
numbered AS (SELECT *, sum(begins) OVER (PARTITION BY conversation ORDER BY created_at, id) AS turn FROM change),
turns AS (
  SELECT agent_id, session_key, model, conversation, turn, min(created_at) AS created_at,
    string_agg(content, E'\n' ORDER BY created_at, id) FILTER (WHERE role = 'user') AS message,
    string_agg(content, E'\n' ORDER BY created_at, id) FILTER (WHERE role = 'assistant') AS reply
  FROM numbered GROUP BY agent_id, session_key, model, conversation, turn)
INSERT INTO openclaw.conversation_turns (agent_id, session_key, turn_key, model, message, reply, created_at)
SELECT agent_id, session_key, 'dbos:' || conversation || ':' || turn, model, message, reply, created_at FROM turns
WHERE message IS NOT NULL AND reply IS NOT NULL ORDER BY created_at
ON CONFLICT DO NOTHING;

CREATE TEMP TABLE ran ON COMMIT DROP AS
SELECT status.row ->> 'workflow_uuid' AS id, pg_temp.uuid_of(status.row ->> 'workflow_uuid') AS uuid, status.row,
  coalesce(status.row ->> 'inputs', input.row ->> 'inputs') AS inputs, coalesce(status.row ->> 'output', output.row ->> 'output') AS output,
  coalesce(status.row ->> 'error', output.row ->> 'error') AS error,
  CASE WHEN status.row ->> 'status' IN ('SUCCESS', 'ERROR', 'CANCELLED') THEN status.row ->> 'status'
    WHEN status.row ->> 'status' IN ('RETRIES_EXCEEDED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') THEN 'RETRIES_EXCEEDED' END AS ended
FROM came status
LEFT JOIN came input ON input.kind IN ('workflow_inputs', 'workflow_input') AND input.row ->> 'workflow_uuid' = status.row ->> 'workflow_uuid'
LEFT JOIN came output ON output.kind = 'workflow_output' AND output.row ->> 'workflow_uuid' = status.row ->> 'workflow_uuid'
WHERE status.kind = 'workflow_status' AND NOT starts_with(coalesce(status.row ->> 'name', ''), 'temp_workflow-');

-- Messages that were under way: they wait for their agent, in line, and go out when it is provisioned.
WITH waiting AS (
  SELECT ran.uuid, pg_temp.value_of(inputs) -> 0 AS message, pg_temp.time_of(ran.row ->> 'created_at') AS created_at
  FROM ran WHERE ended IS NULL AND row ->> 'name' = 'routeAgentMessage'),
found AS (
  SELECT waiting.*, agent.id AS agent_id, agent.openclaw_session_key AS session_key FROM waiting
  JOIN openclaw.agents agent ON message ->> 'to' IN (agent.id::text, agent.openclaw_agent_id, agent.openclaw_session_key, agent.name)
  WHERE message ->> 'content' <> '' AND agent.status <> 'stopped'),
brought AS (
  INSERT INTO openclaw_system.notifications (id, message_id, owner, sender, recipient, agent_id, session_key, content, metadata, state, state_reason, expires_at, created_at)
  SELECT DISTINCT ON (found.uuid) found.uuid, found.uuid::text, 'admin', 'import:dbos', 'agent:' || agent_id, agent_id, session_key, message ->> 'content',
    jsonb_build_object('from', message -> 'from', 'id', message -> 'id'), 'parked', 'It came from the DBOS version, and waits until the agent is provisioned.', now() + interval '7 days', created_at
  FROM found ORDER BY found.uuid
  ON CONFLICT DO NOTHING RETURNING 1)
INSERT INTO told SELECT 3, 'messages under way', (SELECT count(*) FROM waiting), (SELECT count(*) FROM brought), 'those to no agent that is here stay';

-- Nothing here runs them: they are to be read. Resumed, they say that this build does not know them.
WITH brought AS (
  INSERT INTO openclaw_system.workflow_status (workflow_uuid, name, version, mode, status, owner, request, output, error, next_step, recovery_attempts, due_at, created_at, updated_at, started_at, completed_at)
  SELECT uuid, coalesce(row ->> 'name', 'unnamed'), 0, 'inline', ended, 'admin', coalesce(pg_temp.value_of(inputs), '{}'), pg_temp.value_of(output),
    CASE WHEN error IS NOT NULL THEN jsonb_build_object('code', 'dbos', 'message', coalesce(pg_temp.value_of(error) ->> 'message', 'The DBOS version says nothing of it.'),
      'type', pg_temp.value_of(error) ->> 'name', 'detail', pg_temp.value_of(error) ->> 'stack') END,
    (SELECT count(*) FROM came step WHERE step.kind = 'operation_outputs' AND step.row ->> 'workflow_uuid' = ran.id AND step.row ->> 'error' IS NULL),
    coalesce((row ->> 'recovery_attempts')::integer, 0), pg_temp.time_of(row ->> 'updated_at'), pg_temp.time_of(row ->> 'created_at'), pg_temp.time_of(row ->> 'updated_at'),
    pg_temp.time_of(coalesce(row ->> 'started_at_epoch_ms', row ->> 'created_at')), pg_temp.time_of(coalesce(row ->> 'completed_at', row ->> 'updated_at'))
  FROM ran WHERE ended IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING workflow_uuid),
steps AS (
  INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, output, error, attempts, failures, started_at, completed_at)
  SELECT brought.workflow_uuid, (step.row ->> 'function_id')::integer, coalesce(step.row ->> 'function_name', 'unnamed'), pg_temp.value_of(step.row ->> 'output'),
    CASE WHEN step.row ->> 'error' IS NOT NULL THEN jsonb_build_object('code', 'dbos', 'message', coalesce(pg_temp.value_of(step.row ->> 'error') ->> 'message', '')) END,
    1, CASE WHEN step.row ->> 'error' IS NULL THEN 0 ELSE 1 END, pg_temp.time_of(step.row ->> 'started_at_epoch_ms'),
    CASE WHEN step.row ->> 'error' IS NULL THEN coalesce(pg_temp.time_of(step.row ->> 'completed_at_epoch_ms'), pg_temp.time_of(ran.row ->> 'updated_at')) END
  FROM brought JOIN ran ON ran.uuid = brought.workflow_uuid
  JOIN came step ON step.kind = 'operation_outputs' AND step.row ->> 'workflow_uuid' = ran.id
  ON CONFLICT DO NOTHING)
INSERT INTO told SELECT 4, 'workflows that ended', (SELECT count(*) FROM ran WHERE ended IS NOT NULL), (SELECT count(*) FROM brought), 'kept as long as others: RETENTION_ENDED, RETENTION_FAILED';

INSERT INTO told SELECT 5, 'workflows under way', count(*), 0, 'not brought: let them end there, or begin them here'
FROM ran WHERE ended IS NULL AND row ->> 'name' IS DISTINCT FROM 'routeAgentMessage';
INSERT INTO told SELECT 6, 'messages to workflows, unread', count(*), 0, 'not brought: what would read them is not here'
FROM came WHERE kind = 'notifications' AND coalesce(row ->> 'consumed', 'false') = 'false';

SELECT what || ': ' || found || ' found, ' || brought || ' new' || CASE WHEN found > 0 AND note <> '' THEN ' (' || note || ')' ELSE '' END FROM told ORDER BY line;
