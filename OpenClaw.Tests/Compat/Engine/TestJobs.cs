using System.Collections.Concurrent;
using Hangfire;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>What the jobs of the engine's tests do. Each test looks under a key of its own.</summary>
#pragma warning disable CA1822 // Instance methods, because most jobs are.
public sealed class TestJobs
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Calls = new();
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new();

    public static string[] CallsOf(string key) => [.. Calls.GetOrAdd(key, _ => new())];

    public static TaskCompletionSource Gate(string key) => Gates.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public static void Record(string key, string call) => Calls.GetOrAdd(key, _ => new()).Enqueue(call);

    public static void Empty()
    {
    }

    public string Echo(string value) => value;

    public async Task<int> AddAsync(int a, int b)
    {
        await Task.Yield();
        return a + b;
    }

    public void Step(string key, string name) => Record(key, name);

    public async Task WaitAsync(string key, string name, CancellationToken cancellationToken)
    {
        Record(key, name);
        await Gate(key).Task.WaitAsync(cancellationToken);
    }

    [AutomaticRetry(Attempts = 0)]
    public void FailUntilOpen(string key)
    {
        Record(key, "try");
        if (!Gate(key).Task.IsCompleted)
            throw new InvalidOperationException("boom");
    }

    [AutomaticRetry(Attempts = 2, DelaysInSeconds = [0])]
    public void FailAlways(string key)
    {
        Record(key, "try");
        throw new InvalidOperationException("boom");
    }

    [AutomaticRetry(Attempts = 3, DelaysInSeconds = [3600])]
    public void FailAndWait() => throw new InvalidOperationException("boom");

    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public void FailAndVanish(string key) => FailAs(key, "given up");

    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0], OnlyOn = [typeof(IOException)])]
    public void FailOnly(string key, string kind) => FailAs(key, kind);

    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0], ExceptOn = [typeof(IOException)])]
    public void FailExcept(string key, string kind) => FailAs(key, kind);

    public async Task NoteAbortAsync(string key, IJobCancellationToken cancellation)
    {
        Record(key, "run");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation.ShutdownToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            cancellation.ThrowIfCancellationRequested();
        }
        catch (Hangfire.Server.JobAbortedException)
        {
            Record(key, "aborted");
            throw;
        }
    }

    public void Traced()
    {
    }

    public string Unstorable() => "a\0b\ud800";

    [AutomaticRetry(Attempts = 1, DelaysInSeconds = [0])]
    public void FailUnstorably() => throw new InvalidOperationException("a\0b\ud800");

    public string Large(int length) => new('x', length);

    public void BlockForever() => new ManualResetEventSlim().Wait(Timeout.Infinite, CancellationToken.None);

    private static void FailAs(string key, string kind)
    {
        Record(key, "try");
        throw kind == "derived" ? new FileNotFoundException(kind) : new InvalidOperationException(kind);
    }

    [PoisonJobTests.ThrowOnSuccess]
    public void WithThrowingFilter()
    {
    }
}
