namespace Hangfire.Engine;

#pragma warning disable CA1032, CA1064 // Internal, and thrown with exactly this message.
internal sealed class LeaseLostException(string jobId) : Exception($"The job '{jobId}' is another worker's by now.");
