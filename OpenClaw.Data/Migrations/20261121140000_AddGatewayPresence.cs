using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Who is connected to which node. A row counts only as long as its node beats.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121140000_AddGatewayPresence")]
public sealed class AddGatewayPresence : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE openclaw.gateway_presence (
            connection_id text PRIMARY KEY,
            executor_id   text NOT NULL,
            entry         jsonb NOT NULL,
            connected_at  timestamptz NOT NULL
        );
        CREATE INDEX ix_gateway_presence_executor_id ON openclaw.gateway_presence (executor_id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE openclaw.gateway_presence;");
}
