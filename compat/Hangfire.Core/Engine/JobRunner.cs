using System.Diagnostics;
using Hangfire.Logging;
using Hangfire.Server;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>Performs one claimed job and brings it to its next state, whatever happens.</summary>
internal sealed class JobRunner(
    JobStorage storage,
    WorkerPoolOptions options,
    JobPerformer performer,
    Func<Completion, Task<CompletionOutcome>> complete,
    IWorkQueue queue,
    CancellationToken stopping)
{
    private const int MaxFilterFailures = 10;

    private static readonly string[] Processing = [ProcessingState.StateName];

    private readonly ILog _log = LogProvider.For<JobRunner>();
    private readonly StateChanger _changer = new(storage, options.FilterProvider);
    private readonly FastPath _fastPath = new(storage, options.Queues, options.FilterProvider);
    private readonly FailureStreak _failures = new(LogProvider.For<JobRunner>(), "The change of a job's state");

    /// <returns>The continuation that was started in the job's place.</returns>
    public async Task<StartedJob?> RunAsync(RunningJob running)
    {
        var started = running.Started;
        if (started.Job.Job is not { } job)
        {
            await ChangeAsync(running, LoadFailure(started.Job));
            return null;
        }
        var filters = JobFilters.For(options.FilterProvider, job);
        var backgroundJob = started.Job.ToBackgroundJob();
        EngineTelemetry.Running.Add(1);
        try
        {
            if (!await StartAsync(running, backgroundJob, filters))
                return null;
            var outcome = await PerformAsync(running, backgroundJob, filters);
            if (outcome is not SucceededState succeeded)
            {
                if (outcome is not null)
                    await ChangeAsync(running, outcome);
                return null;
            }
            return await FinishAsync(running, backgroundJob, succeeded, filters);
        }
        finally
        {
            EngineTelemetry.Running.Add(-1);
        }
    }

    // A claimed job is in Processing already: the claim is one statement. The filters see that transition now, and may still object.
    private async Task<bool> StartAsync(RunningJob running, BackgroundJob job, JobFilters filters)
    {
        if (running.Started.PreviousState is not { } previous || !filters.HasCustomStateFilters)
            return true;
        var processing = new ProcessingState(options.ServerId, options.PoolId, running.Started.StartedAt);
        IState elected;
        try
        {
            if (_fastPath.IsPlain(job, previous, processing, filters, commitWrites: true, out elected))
                return true;
        }
        catch (Exception exception)
        {
            elected = new FailedState(exception, options.ServerId) { Reason = "Failed to change state to a 'Processing' one due to an exception." };
        }
        await ChangeAsync(running, elected);
        return false;
    }

    /// <returns>The state to go to, or null when the job is not this worker's any more.</returns>
    private async Task<IState?> PerformAsync(RunningJob running, BackgroundJob job, JobFilters filters)
    {
        using var activity = EngineTelemetry.Activities.StartActivity($"perform {job.Job}", ActivityKind.Consumer);
        activity?.SetTag("hangfire.job.id", job.Id).SetTag("hangfire.queue", running.Started.Lease.Queue);
        using var connection = storage.GetConnection();
        var context = new PerformContext(storage, connection, job, running) { ServerId = options.ServerId };
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var result = await performer.PerformAsync(context, filters);
            var duration = Stopwatch.GetElapsedTime(clock);
            EngineTelemetry.Duration.Record(duration.TotalSeconds);
            var latency = running.Started.StartedAt - job.CreatedAt;
            return new SucceededState(result, (long)latency.TotalMilliseconds, (long)duration.TotalMilliseconds);
        }
        catch (Exception) when (running.IsAborted)
        {
            await DropAsync(running);
            return null;
        }
        catch (OperationCanceledException) when (running.ShutdownToken.IsCancellationRequested)
        {
            await ReleaseAsync(running);
            return null;
        }
        catch (Exception exception)
        {
            EngineTelemetry.Failed.Add(1);
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return exception is JobPerformanceException { InnerException: { } inner }
                ? new FailedState(inner, options.ServerId) { Reason = exception.Message }
                : new FailedState(exception, options.ServerId) { Reason = "An exception occurred during processing of a background job." };
        }
    }

    private async Task<StartedJob?> FinishAsync(RunningJob running, BackgroundJob job, SucceededState succeeded, JobFilters filters)
    {
        EngineTelemetry.Succeeded.Add(1);
        var next = stopping.IsCancellationRequested
            ? null
            : new ProcessingState(options.ServerId, options.PoolId, DateTime.UtcNow);
        Completion? completion = null;
        try
        {
            completion = _fastPath.PlanCompletion(running.Started, job, succeeded, filters, next);
        }
        catch (Exception exception)
        {
            // The state machine will meet the same failing filter and make it visible.
            _log.WarnException($"A filter failed for the job '{job.Id}'.", exception);
        }
        if (completion is not null)
        {
            var outcome = await complete(completion);
            if (outcome.Kind == CompletionKind.LeaseLost)
                DropResult(job.Id);
            if (outcome.Next is not null)
                EngineTelemetry.HandedOff.Add(1);
            if (outcome.Kind != CompletionKind.Conflict)
                return outcome.Next;
        }
        await ChangeAsync(running, succeeded);
        return null;
    }

    /// <summary>Through the state machine, again and again while the storage is away. A state that cannot be stored becomes Failed.</summary>
    private async Task ChangeAsync(RunningJob running, IState state)
    {
        var lease = running.Started.Lease;
        var (candidate, filterFailures) = (state, 0);
        while (true)
        {
            try
            {
                if (_changer.ChangeState(lease.JobId, candidate, Processing, lease, withoutFilters: filterFailures > MaxFilterFailures) is null)
                    await DropAsync(running);
                _failures.Succeeded();
                return;
            }
            catch (LeaseLostException)
            {
                DropResult(lease.JobId);
                return;
            }
            catch (System.Data.Common.DbException exception) when (exception.IsDataError() && candidate is not FailedState)
            {
                candidate = new FailedState(new InvalidOperationException("The state of the job could not be stored.", exception), options.ServerId);
            }
            catch (Exception exception)
            {
                if (exception is not System.Data.Common.DbException)
                    filterFailures++;
                await Task.Delay(_failures.Failed(exception), CancellationToken.None);
                if (running.ShutdownToken.IsCancellationRequested)
                    return;
            }
        }
    }

    private async Task ReleaseAsync(RunningJob running)
    {
        try
        {
            await queue.ReleaseAsync([running.Started.Lease], CancellationToken.None);
        }
        catch (Exception exception)
        {
            _log.WarnException($"The job '{running.Started.Job.Id}' could not be given back; its lease will expire.", exception);
        }
    }

    // The job was moved elsewhere while it ran. If it waits again, it does so with a queue row of its own.
    private async Task DropAsync(RunningJob running)
    {
        try
        {
            await queue.DropAsync(running.Started.Lease, CancellationToken.None);
        }
        catch (Exception exception)
        {
            _log.WarnException($"The queue row of the job '{running.Started.Job.Id}' could not be removed; its lease will expire.", exception);
        }
    }

    private void DropResult(string jobId)
    {
        EngineTelemetry.LeaseLost.Add(1);
        _log.Warn($"The result of the job '{jobId}' was dropped: another worker has it by now.");
    }

    private FailedState LoadFailure(JobSnapshot job) => new(job.LoadException!.InnerException ?? job.LoadException, options.ServerId)
    {
        Reason = "Can not change the state to 'Processing': target method was not found.",
    };
}
