using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Engine.Recovery;

/// <summary>What Hangfire knows of a job, and how a job that nobody will run gets going again.</summary>
public sealed class EngineJobs(JobStorage storage, IBackgroundJobClient jobs)
{
    private const int SweepLimit = 1_000;

    /// <summary>Whether Hangfire will run the job without help, and if not, from which state it must be requeued.</summary>
    internal JobProspect Look(string? jobId, Func<string, bool> isServerAlive)
    {
        if (jobId is null)
        {
            return JobProspect.Gone;
        }

        using var connection = storage.GetConnection();
        var job = connection.GetJobData(jobId);
        return job?.State switch
        {
            "Enqueued" or "Scheduled" => JobProspect.WillRun,
            "Processing" => isServerAlive(ServerOf(connection, jobId)) ? JobProspect.WillRun : JobProspect.Stuck,
            "Awaiting" or "Failed" => JobProspect.Stuck,
            _ => JobProspect.Gone,
        };
    }

    internal bool Requeue(string jobId, string queue, string reason) =>
        jobs.ChangeState(jobId, new EnqueuedState(queue) { Reason = reason });

    /// <summary>Has a job that waits for its time run now.</summary>
    internal void RunNow(string jobId)
    {
        using var outside = AmbientTransaction.Suppress();
        jobs.Requeue(jobId, ScheduledState.StateName);
    }

    /// <summary>Deletes a job that waits; one that runs ends by itself.</summary>
    internal void DeleteIfIdle(string jobId)
    {
        using var outside = AmbientTransaction.Suppress();
        if (!jobs.Delete(jobId, EnqueuedState.StateName) && !jobs.Delete(jobId, ScheduledState.StateName))
        {
            jobs.Delete(jobId, AwaitingState.StateName);
        }
    }

    /// <summary>Puts back into their queues the jobs that dead processes were working on. Returns how many.</summary>
    internal int RequeueOrphans(Func<string, bool> isServerAlive)
    {
        using var connection = storage.GetConnection();
        var monitoring = storage.GetMonitoringApi();
        var requeued = 0;
        foreach (var queue in Queues.All)
        {
            // A job that was requeued before has a row for each time, until its oldest becomes visible again.
            foreach (var (jobId, job) in monitoring.FetchedJobs(queue, 0, SweepLimit).DistinctBy(fetched => fetched.Key))
            {
                var server = ServerOf(connection, jobId);
                requeued += job?.State is { } state && RequeueOrphan(jobId, state, queue, server, isServerAlive) ? 1 : 0;
            }
        }

        return requeued;
    }

    // A process that dies between fetching a job and saying so leaves it Enqueued, or Scheduled when its time had come, and
    // hidden. A second row in the queue
    // for a job that somebody is about to start does no harm: the ledger lets one of them run.
    private bool RequeueOrphan(string jobId, string state, string queue, string server, Func<string, bool> isServerAlive)
    {
        var reason = state switch
        {
            "Enqueued" or "Scheduled" => "Fetched by a process that is gone",
            "Processing" when !isServerAlive(server) => $"Its server {server} is gone",
            _ => null,
        };
        return reason is not null && jobs.ChangeState(jobId, new EnqueuedState(queue) { Reason = reason }, state);
    }

    private static string ServerOf(IStorageConnection connection, string jobId) =>
        connection.GetStateData(jobId)?.Data is { } data && data.TryGetValue("ServerId", out var server) ? server : "";
}

/// <summary>What becomes of a job if nobody helps.</summary>
internal enum JobProspect
{
    WillRun,

    /// <summary>It is there, and nothing will start it.</summary>
    Stuck,

    /// <summary>It is finished, deleted or expired.</summary>
    Gone,
}
