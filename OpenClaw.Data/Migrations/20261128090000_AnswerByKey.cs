using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>The request that a reply is to is found by its key: by its text each reply cost a walk through all requests.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261128090000_AnswerByKey")]
public sealed class AnswerByKey : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE OR REPLACE FUNCTION openclaw.tell_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        DECLARE asked text;
        BEGIN
            SELECT m.message_id INTO asked FROM openclaw_system.notifications m WHERE m.id = NEW.reply_to;
            IF asked ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
                PERFORM pg_notify('openclaw_answers', r.id::text) FROM openclaw.sql_requests r WHERE r.id = asked::uuid;
            END IF;
            RETURN NULL;
        END $$;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE OR REPLACE FUNCTION openclaw.tell_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            PERFORM pg_notify('openclaw_answers', r.id::text) FROM openclaw.sql_requests r JOIN openclaw_system.notifications m ON m.id = NEW.reply_to
            WHERE r.id::text = m.message_id;
            RETURN NULL;
        END $$;
        """);
}
