using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OpenClaw.Data.Migrations;

/// <summary>Inline runs are found by the ledger itself: each has a queue, and is due when it may run. What may have killed its process rests until an instant. Executors say whether a lock tells that they live.</summary>
[DbContext(typeof(OpenClawDbContext))]
[Migration("20261126120000_QueueInlineRuns")]
public sealed class QueueInlineRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE openclaw_system.workflow_status ADD COLUMN queue text, ADD COLUMN not_before timestamptz;
        ALTER TABLE openclaw_system.executors ADD COLUMN holds_lock boolean NOT NULL DEFAULT false;

        -- Runs of the build before have a Hangfire job each, or are held and due later.
        UPDATE openclaw_system.workflow_status w
        SET queue = CASE w.name WHEN 'heartbeat' THEN 'heartbeats' WHEN 'route_message' THEN 'messages' ELSE 'default' END,
            due_at = CASE WHEN o.job_id IS NULL THEN w.due_at ELSE now() END
        FROM openclaw_system.operation_outputs o
        WHERE w.mode = 'inline' AND w.status IN ('ENQUEUED', 'PENDING') AND o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step;

        CREATE INDEX ix_workflow_status_queue ON openclaw_system.workflow_status (queue, due_at)
            WHERE queue IS NOT NULL AND executor_id IS NULL AND status IN ('ENQUEUED', 'PENDING');

        -- For what a dead process held, and for what is to be cancelled. Neither may be of use to the statements that move a run by
        -- its key: these name an executor too, and would walk over every run that it has had since the last vacuum.
        CREATE INDEX ix_workflow_status_held ON openclaw_system.workflow_status (executor_id) WHERE status = 'PENDING' AND executor_id IS NOT NULL;
        CREATE INDEX ix_workflow_status_cancelling ON openclaw_system.workflow_status (executor_id) WHERE status = 'PENDING' AND cancel_requested_at IS NOT NULL;

        -- What waits in a queue is looked after there; the reconciler looks after the rest.
        DROP INDEX openclaw_system.ix_workflow_status_due_at;
        CREATE INDEX ix_workflow_status_due_at ON openclaw_system.workflow_status (due_at)
            WHERE status IN ('ENQUEUED', 'PENDING') AND (queue IS NULL OR executor_id IS NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX openclaw_system.ix_workflow_status_cancelling;
        DROP INDEX openclaw_system.ix_workflow_status_held;
        DROP INDEX openclaw_system.ix_workflow_status_queue;
        DROP INDEX openclaw_system.ix_workflow_status_due_at;
        CREATE INDEX ix_workflow_status_due_at ON openclaw_system.workflow_status (due_at) WHERE status IN ('ENQUEUED', 'PENDING');
        ALTER TABLE openclaw_system.executors DROP COLUMN holds_lock;
        ALTER TABLE openclaw_system.workflow_status DROP COLUMN not_before, DROP COLUMN queue;
        """);
}
