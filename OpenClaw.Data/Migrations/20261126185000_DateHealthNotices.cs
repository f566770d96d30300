using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>
/// Notices of health were stored under random ids. They get ids of the time at which they were written, as all messages have:
/// lists are in their order, and retention goes by them.
/// </summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126185000_DateHealthNotices")]
public sealed class DateHealthNotices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        WITH random AS (
            SELECT id AS was,
                   (lpad(to_hex((extract(epoch FROM created_at) * 1000)::bigint), 12, '0') || '7' || substr(replace(id::text, '-', ''), 14))::uuid AS id
            FROM openclaw_system.notifications
            WHERE sender = 'health' AND substr(id::text, 15, 1) <> '7'
        ), dated AS (
            UPDATE openclaw_system.notifications notice SET id = random.id FROM random WHERE notice.id = random.was
        )
        UPDATE openclaw.whatsapp_messages message
        SET carries = ARRAY(SELECT coalesce(random.id, carried) FROM unnest(message.carries) WITH ORDINALITY AS part (carried, n) LEFT JOIN random ON random.was = carried ORDER BY n)
        WHERE carries && ARRAY(SELECT was FROM random)
        """);

    // The ids are as good as the ones before.
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
