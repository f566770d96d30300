using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What people write to the swarm, and the work on issues that comes of it.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121203000_AddCommands")]
public sealed class AddCommands : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.commands (
            id              uuid PRIMARY KEY,
            owner           text NOT NULL,
            source          text NOT NULL,
            contact         text NOT NULL,
            message_id      text NOT NULL,
            text            text NOT NULL,
            meaning         text,
            outcome         text NOT NULL,
            answer          text NOT NULL,
            agent_id        uuid,
            workflow_uuid   uuid,
            code            text,
            code_expires_at timestamptz,
            code_used_by    text,
            created_at      timestamptz NOT NULL,
            UNIQUE (owner, source, message_id)
        );
        CREATE INDEX ix_commands_owner ON openclaw.commands (owner, id);
        CREATE INDEX ix_commands_contact ON openclaw.commands (owner, source, contact, id);

        CREATE TABLE openclaw.work_items (
            id            uuid PRIMARY KEY,
            owner         text NOT NULL,
            repository    text NOT NULL,
            issue_number  integer NOT NULL CHECK (issue_number > 0),
            agent_id      uuid,
            workflow_uuid uuid NOT NULL,
            state         text NOT NULL,
            stage         text,
            detail        text,
            created_at    timestamptz NOT NULL,
            updated_at    timestamptz NOT NULL
        );
        CREATE UNIQUE INDEX ux_work_items_active ON openclaw.work_items (owner, repository, issue_number) WHERE state = 'active';
        CREATE INDEX ix_work_items_issue ON openclaw.work_items (owner, issue_number, id);
        CREATE INDEX ix_work_items_agent_id ON openclaw.work_items (agent_id) WHERE state = 'active';
        CREATE INDEX ix_work_items_workflow_uuid ON openclaw.work_items (workflow_uuid);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP TABLE openclaw.work_items;
        DROP TABLE openclaw.commands;
        """);
}
