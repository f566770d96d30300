using System.Text.Json;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Engine.Runners;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Who can write Hangfire's tables cannot have any method called.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class StoredJobTests
{
    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public void A_job_class_that_has_moved_is_found_under_its_old_name()
    {
        JobTypes.Allow(typeof(MovedJobs), storedAs: "OpenClaw.Jobs.Elsewhere.MovedJobs, OpenClaw.Jobs");

        Assert.That(JobTypes.Resolve("OpenClaw.Jobs.Elsewhere.MovedJobs, OpenClaw.Jobs"), Is.EqualTo(typeof(MovedJobs)));
    }

    [TestCase(typeof(WorkflowJobs), "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs")]
    [TestCase(typeof(RunnerJobs), "OpenClaw.Jobs.Workflows.Runners.RunnerJobs, OpenClaw.Jobs")]
    [TestCase(typeof(HeartbeatJobs), "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs")]
    [TestCase(typeof(MonitoringJobs), "OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs")]
    [TestCase(typeof(MessageExpiry), "OpenClaw.Jobs.Messaging.MessageExpiry, OpenClaw.Jobs")]
    [TestCase(typeof(RoutingJobs), "OpenClaw.Jobs.Monitoring.Routing.RoutingJobs, OpenClaw.Jobs")]
    [TestCase(typeof(ScheduleJobs), "OpenClaw.Jobs.Scheduling.PromptJobs, OpenClaw.Jobs")]
    public void A_job_class_is_stored_under_the_name_by_which_databases_know_it(Type jobs, string name)
    {
        Assert.That(JobTypes.NameOf(jobs), Is.EqualTo(name));
        Assert.That(JobTypes.Resolve(name), Is.EqualTo(jobs));
    }

    [TestCase("System.IO.File, mscorlib")]
    [TestCase("System.Diagnostics.Process, System.Diagnostics.Process")]
    [TestCase("OpenClaw.Jobs.Agents.AgentService, OpenClaw.Jobs")]
    [TestCase("Hangfire.BackgroundJob, Hangfire.Core")]
    [TestCase("OpenClaw.Jobs.Nowhere, OpenClaw.Jobs")]
    public void A_stored_job_cannot_name_a_class_that_is_not_for_jobs(string type) =>
        Assert.That(() => JobTypes.Resolve(type), Throws.InstanceOf<TypeLoadException>());

    [TestCase("System.String, System.Private.CoreLib", "Concat", """["System.String","System.String"]""", """["\"a\"","\"b\""]""")]
    [TestCase("System.Guid, System.Private.CoreLib", "NewGuid", "[]", "[]")]
    [TestCase("Hangfire.States.DeletedState, Hangfire.Core", "ToString", "[]", "[]")]
    public async Task A_job_cannot_call_what_is_only_there_as_a_parameter_or_a_state(string type, string method, string parameters, string arguments)
    {
        var job = await StoreAsync(type, method, parameters, arguments);

        await Eventually.That(() => _bench.TextAsync($"SELECT statename FROM hangfire.job WHERE id = {job}"), Is.EqualTo("Failed").Or.EqualTo("Scheduled"), TimeSpan.FromSeconds(20));
        Assert.That(await _bench.TextAsync($"SELECT count(*) FROM hangfire.state WHERE jobid = {job} AND name = 'Succeeded'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_job_that_names_a_foreign_type_fails_and_is_not_run()
    {
        var file = Path.GetTempFileName();
        var job = await StoreAsync("System.IO.File, System.Private.CoreLib", "Delete", """["System.String"]""", JsonSerializer.Serialize(new[] { JsonSerializer.Serialize(file) }));

        await Eventually.That(() => _bench.TextAsync($"SELECT statename FROM hangfire.job WHERE id = {job}"), Is.EqualTo("Failed").Or.EqualTo("Scheduled"), TimeSpan.FromSeconds(20));
        Assert.That(File.Exists(file), Is.True);
        File.Delete(file);
    }

    /// <summary>Writes an enqueued job as Hangfire does. Returns its id.</summary>
    private Task<string> StoreAsync(string type, string method, string parameters, string arguments) => _bench.TextAsync($"""
        WITH job AS (
            INSERT INTO hangfire.job (invocationdata, arguments, createdat, statename)
            VALUES (jsonb_build_object('Type', '{type}', 'Method', '{method}', 'ParameterTypes', '{parameters}', 'Arguments', '{arguments}'), '{arguments}', now(), 'Enqueued')
            RETURNING id
        ), state AS (
            INSERT INTO hangfire.state (jobid, name, createdat, data) SELECT id, 'Enqueued', now(), jsonb_build_object('Queue', 'default') FROM job RETURNING jobid
        ), queued AS (
            INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, 'default' FROM job
        )
        SELECT jobid FROM state
        """);

    private sealed class MovedJobs;
}
