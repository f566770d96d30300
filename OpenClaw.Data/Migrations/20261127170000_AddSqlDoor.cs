using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What other programs on the same database ask for, in their own transactions.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127170000_AddSqlDoor")]
public sealed class AddSqlDoor : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.sql_requests (
            id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            sequence      bigint GENERATED ALWAYS AS IDENTITY,
            role          text NOT NULL,
            key           text NOT NULL,
            kind          text NOT NULL CHECK (kind IN ('send', 'start_workflow')),
            agent_id      uuid NOT NULL REFERENCES openclaw.agents (id) ON DELETE CASCADE,
            content       text NOT NULL,
            created_at    timestamptz NOT NULL DEFAULT now(),
            taken_at      timestamptz,
            message_id    uuid,
            workflow_uuid uuid,
            refusal       text,
            UNIQUE (role, key)
        );
        CREATE INDEX ix_sql_requests_waiting ON openclaw.sql_requests (sequence) WHERE taken_at IS NULL;
        CREATE INDEX ix_sql_requests_created_at ON openclaw.sql_requests USING brin (created_at) WITH (pages_per_range = 16, autosummarize = on);

        CREATE FUNCTION openclaw.ask(kind text, agent text, content text, key text) RETURNS uuid
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE found openclaw.agents[]; asked openclaw.sql_requests; given openclaw.sql_requests;
        BEGIN
            IF agent ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
                SELECT array_agg(a) INTO found FROM openclaw.agents a WHERE a.id = agent::uuid;
            ELSE
                SELECT array_agg(a) INTO found FROM (SELECT * FROM openclaw.agents a WHERE a.name = agent AND a.status <> 'stopped' LIMIT 2) a;
            END IF;
            IF found IS NULL THEN
                RAISE EXCEPTION 'No agent is called "%".', left(agent, 255) USING ERRCODE = 'no_data_found', HINT = 'Name it by its id, or by its name as it is written.';
            ELSIF cardinality(found) > 1 THEN
                RAISE EXCEPTION 'Several agents are called "%".', agent USING ERRCODE = 'too_many_rows', HINT = 'Name one by its id.';
            ELSIF found[1].status = 'stopped' THEN
                RAISE EXCEPTION 'Agent "%" is stopped and takes nothing.', agent USING ERRCODE = 'object_not_in_prerequisite_state';
            ELSIF key IS NOT NULL AND char_length(key) NOT BETWEEN 1 AND 200 THEN
                RAISE EXCEPTION 'key must have 1 to 200 characters, or be null.' USING ERRCODE = 'check_violation';
            END IF;

            INSERT INTO openclaw.sql_requests (role, key, kind, agent_id, content) VALUES (session_user, coalesce(key, gen_random_uuid()::text), kind, found[1].id, content)
            ON CONFLICT DO NOTHING RETURNING * INTO asked;
            IF asked.id IS NOT NULL THEN
                PERFORM pg_notify('openclaw_sql', '');
                RETURN asked.id;
            END IF;

            SELECT r.* INTO given FROM openclaw.sql_requests r WHERE r.role = session_user AND r.key = ask.key;
            IF (given.kind, given.agent_id, given.content) IS DISTINCT FROM (ask.kind, found[1].id, ask.content) THEN
                RAISE EXCEPTION 'The key "%" was used for something else.', key USING ERRCODE = 'unique_violation', HINT = 'Use a new key for what is new; the same key asks for the same once.';
            END IF;
            RETURN given.id;
        END $$;

        CREATE FUNCTION openclaw.send(agent text, content text, key text DEFAULT NULL) RETURNS uuid
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF coalesce(char_length(content), 0) NOT BETWEEN 1 AND 262144 THEN
                RAISE EXCEPTION 'content must have 1 to 262144 characters.' USING ERRCODE = 'check_violation';
            END IF;
            RETURN openclaw.ask('send', agent, content, key);
        END $$;

        CREATE FUNCTION openclaw.start_workflow(name text, agent text, key text DEFAULT NULL) RETURNS uuid
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF name IS NULL OR name NOT IN ('provision_agent', 'pause_agent', 'resume_agent', 'stop_agent', 'heartbeat') THEN
                RAISE EXCEPTION 'There is no workflow "%" to start.', left(name, 255) USING ERRCODE = 'check_violation', HINT = 'There are provision_agent, pause_agent, resume_agent, stop_agent and heartbeat.';
            END IF;
            RETURN openclaw.ask('start_workflow', agent, name, key);
        END $$;

        CREATE FUNCTION openclaw.answer(request uuid) RETURNS TABLE (status text, reply text, reason text, workflow_uuid uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT
                CASE
                    WHEN r.taken_at IS NULL THEN 'accepted'
                    WHEN r.refusal IS NOT NULL THEN 'refused'
                    WHEN r.kind = 'start_workflow' THEN coalesce(lower(w.status), 'gone')
                    WHEN a.id IS NOT NULL THEN 'answered'
                    ELSE coalesce(m.state, 'gone')
                END,
                a.content, coalesce(r.refusal, w.error ->> 'message', m.state_reason), r.workflow_uuid
            FROM openclaw.sql_requests r
            LEFT JOIN openclaw_system.notifications m ON m.id = r.message_id
            LEFT JOIN openclaw_system.notifications a ON a.reply_to = r.message_id
            LEFT JOIN openclaw_system.workflow_status w ON w.workflow_uuid = r.workflow_uuid
            WHERE r.id = answer.request AND r.role = session_user
        $$;

        CREATE FUNCTION openclaw.tell_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            PERFORM pg_notify('openclaw_answers', r.id::text) FROM openclaw.sql_requests r JOIN openclaw_system.notifications m ON m.id = NEW.reply_to
            WHERE r.id::text = m.message_id;
            RETURN NULL;
        END $$;

        CREATE TRIGGER tell_answer AFTER INSERT ON openclaw_system.notifications FOR EACH ROW
        WHEN (NEW.reply_to IS NOT NULL AND starts_with(NEW.recipient, 'sql:')) EXECUTE FUNCTION openclaw.tell_answer();

        REVOKE EXECUTE ON FUNCTION openclaw.ask(text, text, text, text), openclaw.send(text, text, text), openclaw.start_workflow(text, text, text), openclaw.answer(uuid), openclaw.tell_answer() FROM PUBLIC;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TRIGGER tell_answer ON openclaw_system.notifications;
        DROP FUNCTION openclaw.tell_answer(), openclaw.answer(uuid), openclaw.start_workflow(text, text, text), openclaw.send(text, text, text), openclaw.ask(text, text, text, text);
        DROP TABLE openclaw.sql_requests;
        """);
}
