using System.Text.Json;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Outputs that are known without asking the ledger: those that this job has checkpointed itself, or has read.</summary>
public sealed class RunOutputs
{
    private readonly Dictionary<string, string> _outputs;

    public RunOutputs() => _outputs = [];

    private RunOutputs(RunOutputs other) => _outputs = new(other._outputs);

    /// <param name="json">An object with the steps' names and outputs.</param>
    public static RunOutputs Parse(string json)
    {
        var outputs = new RunOutputs();
        using var document = JsonDocument.Parse(json);
        foreach (var output in document.RootElement.EnumerateObject())
        {
            outputs.Add(output.Name, output.Value.GetRawText());
        }

        return outputs;
    }

    /// <summary>A copy, for outputs that may yet be rolled back.</summary>
    public RunOutputs Stage() => new(this);

    public void Add(string step, string? output)
    {
        if (output is not null)
        {
            _outputs[step] = output;
        }
    }

    /// <summary>Null when it is not known yet.</summary>
    public string? Find(string step) => _outputs.GetValueOrDefault(step);
}
