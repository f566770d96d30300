using Hangfire.Logging;

namespace Hangfire.Engine;

/// <summary>Runs one step again and again on a thread of its own, through every failure, until the server stops.</summary>
internal sealed class BackgroundLoop(string name, Action step, CancellationToken stopping)
{
    private readonly FailureStreak _failures = new(LogProvider.For<BackgroundLoop>(), name);

    public Task RunAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                step();
                _failures.Succeeded();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                stopping.WaitHandle.WaitOne(_failures.Failed(exception));
            }
        }
    }
}
