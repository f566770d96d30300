using Hangfire;
using Hangfire.Common;
using Hangfire.Recurring;
using Hangfire.Server;
using Hangfire.States;
using Npgsql;

namespace OpenClaw.Tests.Compat.Dashboard;

/// <summary>Puts jobs into the state that a test wants to look at.</summary>
internal sealed class Seed(JobStorage storage, NpgsqlDataSource database)
{
    private readonly BackgroundJobClient _client = new(storage);

    public RecurringJobManager Recurring { get; } = new(storage);

    public string Enqueued(string recipient = "someone", string queue = "default") => Create(recipient, new EnqueuedState(queue));

    public string Scheduled(string recipient = "someone") => Create(recipient, new ScheduledState(TimeSpan.FromHours(1)));

    public string Deleted(string recipient = "someone") => Create(recipient, new DeletedState());

    public string Failed(Exception exception, string recipient = "someone") =>
        Create(recipient, new FailedState(exception) { Reason = "An exception occurred during performance of the job." });

    public string Failed(string message = "boom", string recipient = "someone") => Failed(Thrown(message), recipient);

    public string Awaiting(string parent) => _client.ContinueJobWith<Work>(parent, work => work.Send("next", 2))!;

    public string Greeting(string name) => _client.Create<Work>(work => work.Greet(name), new EnqueuedState())!;

    /// <summary>As a worker of a server that is gone has left it: in its state, its queue row fetched.</summary>
    public string Processing(string recipient = "someone")
    {
        var job = Create(recipient, new ProcessingState("gone:1:2", "worker", DateTime.UtcNow));
        using var fetched = database.CreateCommand("INSERT INTO hangfire.jobqueue (jobid, queue, fetchedat) VALUES ($1, 'default', now())");
        fetched.Parameters.AddWithValue(long.Parse(job));
        fetched.ExecuteNonQuery();
        return job;
    }

    public string Succeeded(object? result = null) => Create("someone", new SucceededState(result, latency: 40, performanceDuration: 1_250));

    /// <summary>Fails once with attempts left, which schedules the next one.</summary>
    public string Retrying(string message = "boom") => _client.Create<Work>(work => work.Try(), new FailedState(Thrown(message)))!;

    /// <summary>A job that the list of this name shows.</summary>
    public string In(string list) => list switch
    {
        "enqueued" => Enqueued(),
        "scheduled" => Scheduled(),
        "processing" => Processing(),
        "succeeded" => Succeeded(),
        "failed" => Failed(),
        "deleted" => Deleted(),
        "awaiting" => Awaiting(Scheduled()),
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };

    /// <summary>Recurring jobs that do not run, each for a reason of its own, as a server leaves them.</summary>
    public void RecurringThatDoNotRun()
    {
        foreach (var (id, field, value) in ((string, string, string)[])
            [("never", "Cron", Cron.Never()), ("no-cron", "Cron", "every now and then"), ("no-zone", "TimeZoneId", "Mars/Olympus"),
             ("no-type", "Job", """{"Type":"Gone.Forever, Gone","Method":"Run","ParameterTypes":"[]","Arguments":"[]"}""")])
        {
            Recurring.AddOrUpdate(id, Job.FromExpression<Work>(work => work.Send("team", 1)), Cron.Never(), new RecurringJobOptions());
            using var change = database.CreateCommand("UPDATE hangfire.hash SET value = $3 WHERE key = 'recurring-job:' || $1 AND field = $2");
            foreach (var parameter in (string[])[id, field, value]) change.Parameters.AddWithValue(parameter);
            change.ExecuteNonQuery();
            new RecurringJobTrigger(storage, JobFilterProviders.Providers, new DefaultTimeZoneResolver()).FireDue(id, TimeSpan.Zero);
        }
    }

    public void Server(string name, TimeSpan silentFor)
    {
        using (var connection = storage.GetConnection())
            connection.AnnounceServer(name, new ServerContext { Queues = ["default"], WorkerCount = 5 });
        using var silence = database.CreateCommand("UPDATE hangfire.server SET lastheartbeat = now() - $2 WHERE id = $1");
        silence.Parameters.AddWithValue(name);
        silence.Parameters.AddWithValue(silentFor);
        silence.ExecuteNonQuery();
    }

    public string StateOf(string job)
    {
        using var connection = storage.GetConnection();
        return connection.GetJobData(job)!.State!;
    }

    private string Create(string recipient, IState state) => _client.Create<Work>(work => work.Send(recipient, 1), state)!;

    /// <summary>An exception that was thrown has a stack trace.</summary>
    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
