namespace Hangfire.Storage.Monitoring;

public class StateHistoryDto
{
    public DateTime CreatedAt { get; set; }
    public IDictionary<string, string> Data { get; set; } = new Dictionary<string, string>();
    public string? Reason { get; set; }
    public string StateName { get; set; } = "";
}
