using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Messages to clients and channels, which have no agent to say whose they are, and messages that expire.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261121150000_AddInboxes")]
public sealed class AddInboxes : Migration
{
    // Replies that the asker reads in the agent's history were parked, and nothing would ever have delivered them.
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw_system.notifications ADD COLUMN owner text;
        UPDATE openclaw_system.notifications n SET owner = a.user_id FROM openclaw.agents a WHERE a.id = n.agent_id;
        UPDATE openclaw_system.notifications SET owner = 'admin' WHERE owner IS NULL;
        ALTER TABLE openclaw_system.notifications ALTER COLUMN owner SET NOT NULL;
        UPDATE openclaw_system.notifications SET state = 'delivered', state_reason = NULL, delivered_at = created_at
        WHERE reply_to IS NOT NULL AND state = 'parked';
        CREATE INDEX ix_notifications_expires_at ON openclaw_system.notifications (expires_at) WHERE state IN ('accepted', 'parked');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw_system.ix_notifications_expires_at;
        ALTER TABLE openclaw_system.notifications DROP COLUMN owner;
        """);
}
