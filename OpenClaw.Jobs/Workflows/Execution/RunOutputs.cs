namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>Outputs that this job has checkpointed itself: the steps after need not read them back.</summary>
public sealed class RunOutputs
{
    private readonly Dictionary<string, string> _outputs;

    public RunOutputs() => _outputs = [];

    private RunOutputs(RunOutputs other) => _outputs = new(other._outputs);

    /// <summary>A copy, for outputs that may yet be rolled back.</summary>
    public RunOutputs Stage() => new(this);

    public void Add(string step, string? output)
    {
        if (output is not null)
        {
            _outputs[step] = output;
        }
    }

    /// <summary>Null when an earlier job wrote it.</summary>
    public string? Find(string step) => _outputs.GetValueOrDefault(step);
}
