using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>What node hosts are asked that are connected to another process of the service.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261127160000_AskNodesElsewhere")]
public sealed class AskNodesElsewhere : Migration
{
    // What is lost in a crash nobody waits for any more.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE UNLOGGED TABLE openclaw.node_invocations (
            id           uuid PRIMARY KEY,
            node_id      text NOT NULL,
            executor_id  text NOT NULL,
            request      text NOT NULL,
            answer       text,
            taken_at     timestamptz,
            wanted_until timestamptz NOT NULL
        );
        CREATE INDEX ix_node_invocations_executor_id ON openclaw.node_invocations (executor_id) WHERE taken_at IS NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.node_invocations;");
}
