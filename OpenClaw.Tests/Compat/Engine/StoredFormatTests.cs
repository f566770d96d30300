using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;
using Newtonsoft.Json;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>
/// What stands in the tables, against samples of what the packages write by default. Alone, because the formats are settings of the
/// whole process.
/// </summary>
[NonParallelizable]
public sealed class StoredFormatTests : EngineFixture
{
    private (CompatibilityLevel Level, Func<Type, string>? Types, JsonSerializerSettings? Json) _settings;
    private object _cultureFilter = null!;

    [OneTimeSetUp]
    public void SetDefaults()
    {
        _settings = (GlobalConfiguration.CompatibilityLevel, TypeHelper.CurrentTypeSerializer, SerializationHelper.UserSettings);
        GlobalConfiguration.CompatibilityLevel = CompatibilityLevel.Version_110;
        TypeHelper.CurrentTypeSerializer = null;
        SerializationHelper.UserSettings = null;
        _cultureFilter = GlobalJobFilters.Filters.Single(f => f.Instance is CaptureCultureAttribute).Instance;
        GlobalJobFilters.Filters.Remove(_cultureFilter);
        GlobalJobFilters.Filters.Add(new CaptureCultureAttribute());
    }

    [OneTimeTearDown]
    public void RestoreSettings()
    {
        (GlobalConfiguration.CompatibilityLevel, TypeHelper.CurrentTypeSerializer, SerializationHelper.UserSettings) = _settings;
        GlobalJobFilters.Filters.Remove<CaptureCultureAttribute>();
        GlobalJobFilters.Filters.Add(_cultureFilter);
    }

    [Test]
    public async Task The_schema_is_version_23() =>
        Assert.That(await Host.ScalarAsync<int>("select version from hangfire.schema"), Is.EqualTo(23));

    [Test]
    public async Task An_enqueued_job_is_stored_as_the_package_stores_it()
    {
        var id = Host.Client.Enqueue<TestJobs>("critical", j => j.Echo("s"));

        Assert.That(
            await Host.ScalarAsync<string>($"select invocationdata::text from hangfire.job where id = {id}"),
            Is.EqualTo($$"""{"Type": "{{typeof(TestJobs).AssemblyQualifiedName}}", "Queue": "critical", "Method": "Echo", "Arguments": "[\"\\\"s\\\"\"]", "ParameterTypes": "[\"{{typeof(string).AssemblyQualifiedName}}\"]"}"""));
        Assert.That(await Host.ScalarAsync<string>($"select arguments::text from hangfire.job where id = {id}"), Is.EqualTo("""["\"s\""]"""));
        Assert.That(
            await Host.ScalarAsync<string>($"select data::text from hangfire.state where jobid = {id}"),
            Does.Match("""^\{"Queue": "critical", "EnqueuedAt": "\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z"\}$"""));
        Assert.That(
            await Host.ScalarAsync<string>($"select string_agg(name || '=' || value, ' ' order by id) from hangfire.jobparameter where jobid = {id}"),
            Is.EqualTo("CurrentCulture=\"\" CurrentUICulture=\"\""));
        Assert.That(await Host.ScalarAsync<string>($"select queue from hangfire.jobqueue where jobid = {id}"), Is.EqualTo("critical"));
    }

    [Test]
    public async Task A_continuation_is_stored_as_the_package_stores_it()
    {
        var parent = Host.Client.Schedule<TestJobs>(j => j.Echo("a"), TimeSpan.FromDays(1));
        var first = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.Echo("b"));
        var second = Host.Client.ContinueJobWith<TestJobs>(parent!, j => j.AddAsync(1, 2), options: JobContinuationOptions.OnAnyFinishedState);

        Assert.That(
            await Host.ScalarAsync<string>($"select value from hangfire.jobparameter where jobid = {parent} and name = 'Continuations'"),
            Is.EqualTo($$"""[{"JobId":"{{first}}","Options":0},{"JobId":"{{second}}","Options":1}]"""));
        var data = Host.Monitor.JobDetails(first!)!.History[0].Data;
        Assert.That(data["Options"], Is.EqualTo("OnlyOnSucceededState"));
        Assert.That(data["ParentId"], Is.EqualTo(parent));
        Assert.That(data["Expiration"], Is.EqualTo("365.00:00:00"));
        Assert.That(data["NextState"], Is.EqualTo("""{"$type":"Hangfire.States.EnqueuedState, Hangfire.Core","Queue":"default","Reason":null}"""));
        Assert.That(await Host.ScalarAsync<long>($"select count(*) from hangfire.set where key = 'awaiting' and value = '{first}'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_scheduled_job_stands_in_the_schedule_by_its_unix_time()
    {
        var at = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var id = Host.Client.Schedule<TestJobs>(j => j.Echo("a"), at);

        Assert.That(
            await Host.ScalarAsync<double>($"select score from hangfire.set where key = 'schedule' and value = '{id}'"),
            Is.EqualTo(at.ToUnixTimeSeconds()));
    }

    [Test]
    public async Task What_finished_expires_in_a_day_and_is_counted()
    {
        await using var host = await EngineHost.CreateAsync();
        host.StartServer();
        var id = host.Client.Enqueue<TestJobs>(j => j.Echo("q!"));
        await host.ReachesAsync(id, "Succeeded");

        var data = host.Monitor.JobDetails(id!)!.History[0].Data;
        Assert.That(data.Keys, Is.EquivalentTo(["Result", "Latency", "SucceededAt", "PerformanceDuration"]));
        Assert.That(data["Result"], Is.EqualTo("\"q!\""));
        Assert.That(
            await host.ScalarAsync<TimeSpan>($"select expireat - now() from hangfire.job where id = {id}"),
            Is.EqualTo(TimeSpan.FromDays(1)).Within(TimeSpan.FromMinutes(1)));
        var now = DateTime.UtcNow;
        Assert.That(
            await host.ScalarAsync<string[]>("select array_agg(key order by key) from (select key from hangfire.counter union select key from hangfire.aggregatedcounter) c"),
            Is.EqualTo([
                "stats:succeeded",
                $"stats:succeeded:{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
                $"stats:succeeded:{now.ToString("yyyy-MM-dd-HH", CultureInfo.InvariantCulture)}"]));
        Assert.That(
            await Eventually.That(() => host.ScalarAsync<string>("select data::text from hangfire.server"), Is.Not.Null),
            Does.Match("""^\{"Queues": \["default"\], "StartedAt": "[^"]+Z", "WorkerCount": 5\}$"""));
    }

    [Test]
    public async Task A_recurring_job_is_stored_as_the_package_stores_it()
    {
        new RecurringJobManager(Host.Storage).AddOrUpdate<TestJobs>("heartbeat-sweep", j => j.Echo("a"), Cron.Hourly());

        using var connection = Host.Storage.GetConnection();
        var hash = connection.GetAllEntriesFromHash("recurring-job:heartbeat-sweep")!;
        Assert.That(hash.Keys, Is.EquivalentTo(["Queue", "Cron", "TimeZoneId", "Job", "CreatedAt", "V", "NextExecution"]));
        Assert.That((hash["Queue"], hash["Cron"], hash["TimeZoneId"], hash["V"]), Is.EqualTo(("default", "0 * * * *", "UTC", "2")));
        Assert.That(InvocationData.DeserializePayload(hash["Job"]).DeserializeJob().Method.Name, Is.EqualTo("Echo"));
        Assert.That(
            await Host.ScalarAsync<double>("select score from hangfire.set where key = 'recurring-jobs'"),
            Is.EqualTo(JobHelper.ToTimestamp(JobHelper.DeserializeDateTime(hash["NextExecution"]))));
    }

    [Test]
    public async Task A_retry_is_stored_as_the_package_stores_it()
    {
        await using var host = await EngineHost.CreateAsync();
        host.StartServer();
        var id = host.Client.Enqueue<TestJobs>(j => j.FailAndWait());
        await host.ReachesAsync(id, "Scheduled");

        Assert.That(
            await host.ScalarAsync<string>($"select data::text from hangfire.state where jobid = {id} and name = 'Processing'"),
            Does.Match("""^\{"ServerId": "test:\d+:[-0-9a-f]{36}", "WorkerId": "[-0-9a-f]{36}", "StartedAt": "[^"]{27}Z"\}$"""));
        Assert.That(await host.ScalarAsync<string>($"select value from hangfire.jobparameter where jobid = {id} and name = 'RetryCount'"), Is.EqualTo("1"));
        Assert.That(await host.ScalarAsync<string>("select key || score || value from hangfire.set where key = 'retries'"), Is.EqualTo($"retries0{id}"));

        await host.ExecuteAsync("update hangfire.set set score = 0 where key = 'schedule'");
        await Eventually.That(() => host.Monitor.JobDetails(id!)!.History.Reverse().Select(h => $"{h.StateName}: {h.Reason}"), Is.EqualTo([
            "Enqueued: ", "Processing: ", "Failed: An exception occurred during performance of the job.", "Scheduled: Retry attempt 1 of 3: boom",
            "Enqueued: Triggered by DelayedJobScheduler", "Processing: ", "Failed: An exception occurred during performance of the job.", "Scheduled: Retry attempt 2 of 3: boom"]));
    }

    [Test]
    public async Task What_a_recurring_job_has_created_is_stored_as_the_package_stores_it()
    {
        await using var host = await EngineHost.CreateAsync();
        new RecurringJobManager(host.Storage).AddOrUpdate<TestJobs>(
            "sweep", j => j.Echo("a"), Cron.Yearly(), new RecurringJobOptions { MisfireHandling = MisfireHandlingMode.Strict });
        var due = new DateTime(DateTime.UtcNow.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await host.ExecuteAsync($"update hangfire.hash set value = '{due:O}' where field = 'NextExecution'; update hangfire.set set score = 0");

        host.StartServer();

        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.job"), Is.EqualTo(1));
        Assert.That(
            await host.ScalarAsync<string>("select string_agg(name || '=' || value, ' ' order by name) from hangfire.jobparameter where name not like 'Current%'"),
            Is.EqualTo($"RecurringJobId=\"sweep\" Time={JobHelper.ToTimestamp(due)}"));
        Assert.That(await host.ScalarAsync<string>("select reason from hangfire.state where name = 'Enqueued'"), Is.EqualTo("Triggered by recurring job scheduler"));
    }

    [Test]
    public void Both_forms_of_a_payload_are_read()
    {
        var type = typeof(TestJobs).AssemblyQualifiedName;
        var text = typeof(string).AssemblyQualifiedName;
        string[] payloads =
        [
            $$"""{"t":"{{type}}","m":"Echo","p":["{{text}}"],"a":["\"x\""]}""",
            $$"""{"Type":"{{type}}","Method":"Echo","ParameterTypes":"[\"{{text}}\"]","Arguments":"[\"\\\"x\\\"\"]"}""",
        ];

        foreach (var payload in payloads)
            Assert.That(InvocationData.DeserializePayload(payload).DeserializeJob().Args, Is.EqualTo(["x"]));
    }

    [Test]
    public void States_serialize_what_the_package_does()
    {
        var failed = new FailedState(new InvalidOperationException("boom"), "node-1").SerializeData();

        Assert.That(failed.Keys, Is.EquivalentTo(["FailedAt", "ServerId", "ExceptionType", "ExceptionMessage", "ExceptionDetails"]));
        Assert.That(new DeletedState().SerializeData().Keys, Is.EquivalentTo(["DeletedAt"]));
        Assert.That(new ScheduledState(TimeSpan.FromHours(1)).SerializeData().Keys, Is.EquivalentTo(["EnqueueAt", "ScheduledAt"]));
        Assert.That(new SucceededState(null, 1, 2).SerializeData().Keys, Does.Not.Contain("Result"));
    }
}
