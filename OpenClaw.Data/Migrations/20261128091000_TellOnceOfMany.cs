using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Who asks by SQL tells of it only where nobody has told just before: commits with a notification wait for each other's.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128091000_TellOnceOfMany")]
public sealed class TellOnceOfMany : Migration
{
    // Commits that tell something wait for each other. While there is one to take, it is looked again anyway.
    private const string TellsOnce =
        """
        IF NOT EXISTS (
            SELECT FROM (SELECT r.created_at FROM openclaw.sql_requests r WHERE r.taken_at IS NULL AND r.sequence < asked.sequence ORDER BY r.sequence DESC LIMIT 1) before
            WHERE before.created_at > now() - interval '1 second')
        THEN
            PERFORM pg_notify('openclaw_sql', '');
        END IF;
        """;

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Ask(TellsOnce));

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Ask("PERFORM pg_notify('openclaw_sql', '');"));

    private static string Ask(string tells) =>
        $$"""
        CREATE OR REPLACE FUNCTION openclaw.ask(kind text, agent text, content text, key text) RETURNS uuid
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
                {{tells}}
                RETURN asked.id;
            END IF;

            SELECT r.* INTO given FROM openclaw.sql_requests r WHERE r.role = session_user AND r.key = ask.key;
            IF (given.kind, given.agent_id, given.content) IS DISTINCT FROM (ask.kind, found[1].id, ask.content) THEN
                RAISE EXCEPTION 'The key "%" was used for something else.', key USING ERRCODE = 'unique_violation', HINT = 'Use a new key for what is new; the same key asks for the same once.';
            END IF;
            RETURN given.id;
        END $$;
        """;
}
