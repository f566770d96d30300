using Hangfire.Common;

namespace Hangfire.Storage;

public class JobData
{
    public Job? Job { get; set; }
    public InvocationData? InvocationData { get; set; }
    public string? State { get; set; }
    public DateTime CreatedAt { get; set; }
    public IReadOnlyDictionary<string, string>? ParametersSnapshot { get; set; }
    public JobLoadException? LoadException { get; set; }

    public void EnsureLoaded()
    {
        if (LoadException is not null)
            throw LoadException;
    }
}
