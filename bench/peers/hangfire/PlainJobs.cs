using System.Collections.Concurrent;
using System.Transactions;
using Hangfire;

namespace OpenClaw.Bench.Engine;

/// <summary>Hangfire's own client and nothing of ours: single jobs, and chains of five.</summary>
public sealed class PlainJobs(IBackgroundJobClient client)
{
    private const int Steps = 5;

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Waiting = new();

    /// <summary>From the call of Enqueue to the start of the job's method.</summary>
    public Task OneAsync()
    {
        var (key, end) = Expect();
        client.Enqueue(() => End(key));
        return end;
    }

    /// <summary>Enqueue and four continuations, created in one transaction.</summary>
    public Task ChainAsync()
    {
        var (key, end) = Expect();
        using var scope = new TransactionScope(
            TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, TransactionScopeAsyncFlowOption.Enabled);
        var job = client.Enqueue(() => Step());
        for (var i = 2; i < Steps; i++)
        {
            job = client.ContinueJobWith(job!, () => Step());
        }

        client.ContinueJobWith(job!, () => End(key));
        scope.Complete();
        return end;
    }

    /// <summary>Called by Hangfire.</summary>
    public static void Step()
    {
    }

    /// <summary>Called by Hangfire.</summary>
    public static void End(string key)
    {
        if (Waiting.TryRemove(key, out var waiting))
        {
            waiting.SetResult();
        }
    }

    private static (string Key, Task End) Expect()
    {
        var key = Guid.NewGuid().ToString("N");
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting[key] = end;
        return (key, end.Task);
    }
}
