-- What the application of the DBOS version keeps: its tables as far as they are read, two agents, a conversation.
CREATE TYPE agent_swarm_status AS ENUM ('provisioning','running','paused','stopped','failed');
CREATE TYPE heartbeat_interval AS ENUM ('5m','15m','30m','1h','2h');
CREATE TABLE agent_swarm_instances (id uuid PRIMARY KEY,
  name varchar(255) NOT NULL, persona text, model varchar(255) NOT NULL, user_id uuid NOT NULL, status agent_swarm_status NOT NULL, openclaw_session_key varchar(255) UNIQUE, openclaw_agent_id varchar(255),
  heartbeat_enabled boolean NOT NULL, heartbeat_interval heartbeat_interval, heartbeat_checklist varchar[], last_heartbeat_at timestamptz, next_heartbeat_at timestamptz, configuration json,
  error_message text, error_count integer NOT NULL, last_error_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz, provisioned_at timestamptz, paused_at timestamptz, stopped_at timestamptz);
CREATE TABLE conversations (id uuid PRIMARY KEY, workspace_id uuid NOT NULL, user_id uuid NOT NULL, agent_swarm_instance_id uuid, channel varchar(50) NOT NULL, channel_conversation_id varchar(255) NOT NULL, title varchar(500), status varchar(20) NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE messages (id uuid PRIMARY KEY, conversation_id uuid NOT NULL, role varchar(20) NOT NULL, content text NOT NULL, metadata json, created_at timestamptz DEFAULT now());
INSERT INTO agent_swarm_instances (id, name, model, user_id, status, openclaw_session_key, heartbeat_enabled, heartbeat_interval, heartbeat_checklist, configuration, error_count) VALUES
 ('aaaaaaaa-0000-4000-8000-000000000001', 'Ada', 'local/echo', gen_random_uuid(), 'running', 'agent:web:ada', true, '15m', ARRAY['Look at the mail', 'Say "hello"'], '{"temperature": 1}', 0),
 ('aaaaaaaa-0000-4000-8000-000000000002', 'Bob', 'claude-sonnet-4', gen_random_uuid(), 'stopped', NULL, false, NULL, NULL, NULL, 2);
INSERT INTO conversations VALUES ('cccccccc-0000-4000-8000-000000000001', gen_random_uuid(), gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001', 'web', 'c1', 'Mail', 'active');
INSERT INTO messages VALUES (gen_random_uuid(), 'cccccccc-0000-4000-8000-000000000001', 'system', 'Be kind.', '{}', now() - interval '5 min'), (gen_random_uuid(), 'cccccccc-0000-4000-8000-000000000001', 'user', E'One\\ ', '{}', now() - interval '4 min'), (gen_random_uuid(), 'cccccccc-0000-4000-8000-000000000001', 'user', 'two', '{}', now() - interval '3 min'), (gen_random_uuid(), 'cccccccc-0000-4000-8000-000000000001', 'assistant', E'Three\n"four"', '{}', now() - interval '2 min');
