using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>A reply is shown from the commit that tells of it, also where that comes before the request is marked as taken.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128060000_AnswerOnceTold")]
public sealed class AnswerOnceTold : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE OR REPLACE FUNCTION openclaw.answer(request uuid) RETURNS TABLE (status text, reply text, reason text, workflow_uuid uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            SELECT
                CASE
                    WHEN a.id IS NOT NULL THEN 'answered'
                    WHEN r.taken_at IS NULL THEN 'accepted'
                    WHEN r.refusal IS NOT NULL THEN 'refused'
                    WHEN r.kind = 'start_workflow' THEN coalesce(lower(w.status), 'gone')
                    ELSE coalesce(m.state, 'gone')
                END,
                a.content, coalesce(r.refusal, w.error ->> 'message', m.state_reason), r.workflow_uuid
            FROM openclaw.sql_requests r
            LEFT JOIN openclaw_system.notifications m ON m.sender = 'sql:' || r.role AND m.message_id = r.id::text
            LEFT JOIN openclaw_system.notifications a ON a.reply_to = m.id
            LEFT JOIN openclaw_system.workflow_status w ON w.workflow_uuid = r.workflow_uuid
            WHERE r.id = answer.request AND r.role = session_user
        $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE OR REPLACE FUNCTION openclaw.answer(request uuid) RETURNS TABLE (status text, reply text, reason text, workflow_uuid uuid)
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
        """);
}
