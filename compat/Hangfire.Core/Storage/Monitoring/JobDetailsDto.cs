using Hangfire.Common;

namespace Hangfire.Storage.Monitoring;

public class JobDetailsDto
{
    public DateTime? CreatedAt { get; set; }
    public DateTime? ExpireAt { get; set; }
    public IList<StateHistoryDto> History { get; set; } = [];
    public InvocationData? InvocationData { get; set; }
    public Job? Job { get; set; }
    public JobLoadException? LoadException { get; set; }
    public IDictionary<string, string> Properties { get; set; } = new Dictionary<string, string>();
}
