namespace Hangfire.Engine;

/// <summary>A worker's claim on a queue row. Every claim raises the row's epoch, so an older holder cannot finish the job.</summary>
internal sealed record Lease(long Row, int Epoch, string JobId, string Queue);
