using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    private const string OutputSql =
        """
        SELECT output FROM openclaw_system.operation_outputs
        WHERE workflow_uuid = $1 AND function_name = $2 AND completed_at IS NOT NULL
        """;

    /// <summary>JSON of a finished step's output.</summary>
    /// <exception cref="InvalidOperationException">The step is not finished, or unknown.</exception>
    public Task<string?> ReadOutputAsync(Guid workflowUuid, string step, CancellationToken cancellationToken) => ReadAsync(
        OutputSql,
        [Uuid(workflowUuid), Text(step)],
        async (reader, token) => await reader.ReadAsync(token)
            ? await reader.IsDBNullAsync(0, token) ? null : reader.GetString(0)
            : throw new InvalidOperationException($"Workflow {workflowUuid} has no finished step '{step}' to read from."),
        cancellationToken);
}
