namespace Hangfire.Engine;

#pragma warning disable CA1032, CA1064 // Internal, and thrown with exactly this message.
internal sealed class StateConflictException(string jobId) : Exception($"The job '{jobId}' was changed at the same time.");
