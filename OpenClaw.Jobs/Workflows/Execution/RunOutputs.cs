namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>Outputs that this job has checkpointed itself: the steps after need not read them back.</summary>
public sealed class RunOutputs
{
    private readonly Dictionary<string, string> _outputs = [];

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
