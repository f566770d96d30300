using Hangfire.Storage;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>A database that the package has written, with jobs in flight.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class TakeOverTests
{
    private static readonly string Invocation =
        $$"""{"Type":"{{typeof(TestJobs).AssemblyQualifiedName}}","Method":"Echo","Arguments":"[\"\\\"s\\\"\"]","ParameterTypes":"[\"{{typeof(string).AssemblyQualifiedName}}\"]"}""";

    // 1 waits in its queue, 2 was being performed, 3 waits for its retry, 4 for 1, 5 for 2's end whatever it is; "tick" is due.
    private static readonly string Written = $$"""
        insert into hangfire.job (id, stateid, statename, invocationdata, arguments, createdat) select i, i, s, '{{Invocation}}', '["\"s\""]', now() - interval '2 hours'
        from unnest(array['Enqueued', 'Processing', 'Scheduled', 'Awaiting', 'Awaiting']) with ordinality as j (s, i);
        insert into hangfire.state (id, jobid, name, reason, createdat, data) values
            (1, 1, 'Enqueued', null, now(), '{"Queue":"default","EnqueuedAt":"2026-11-21T02:37:15.0142881Z"}'),
            (2, 2, 'Processing', null, now(), '{"ServerId":"node-1:23839:1c2ca36b-0000-0000-0000-000000000000","WorkerId":"ade2686a-0000-0000-0000-000000000000","StartedAt":"2026-11-21T02:37:15.0142881Z"}'),
            (3, 3, 'Scheduled', 'Retry attempt 1 of 3: boom', now(), '{"EnqueueAt":"2026-11-21T02:37:15.0142881Z","ScheduledAt":"2026-11-21T02:37:00.0142881Z"}'),
            (4, 4, 'Awaiting', null, now(), '{"Options":"OnlyOnSucceededState","ParentId":"1","NextState":"{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"default\",\"Reason\":null}","Expiration":"365.00:00:00"}'),
            (5, 5, 'Awaiting', null, now(), '{"Options":"OnAnyFinishedState","ParentId":"2","NextState":"{\"$type\":\"Hangfire.States.EnqueuedState, Hangfire.Core\",\"Queue\":\"default\",\"Reason\":null}","Expiration":"365.00:00:00"}');
        insert into hangfire.jobparameter (jobid, name, value) select i, n, '""' from generate_series(1, 5) i, unnest(array['CurrentCulture', 'CurrentUICulture']) n;
        insert into hangfire.jobparameter (jobid, name, value) values
            (1, 'Continuations', '[{"JobId":"4","Options":0}]'), (2, 'Continuations', '[{"JobId":"5","Options":1}]'), (3, 'RetryCount', '1');
        insert into hangfire.jobqueue (jobid, queue, fetchedat) values (1, 'default', null), (2, 'default', now() - interval '1 hour');
        insert into hangfire.set (key, score, value) values
            ('schedule', 1795228635, '3'), ('retries', 0, '3'), ('awaiting', 0, '4'), ('awaiting', 0, '5'), ('recurring-jobs', 1795228639, 'tick');
        insert into hangfire.hash (key, field, value) select 'recurring-job:tick', f, v from (values
            ('Queue', 'default'), ('Cron', '0 0 1 1 *'), ('TimeZoneId', 'UTC'), ('Job', '{{Invocation}}'), ('CreatedAt', '2025-11-21T02:37:15.0142881Z'),
            ('V', '2'), ('NextExecution', '2026-01-01T00:00:00.0000000Z')) as h (f, v);
        update hangfire.set set score = 0 where key in ('schedule', 'recurring-jobs');
        select setval('hangfire.job_id_seq', 5), setval('hangfire.state_id_seq', 5);
        """;

    [Test]
    public async Task All_jobs_in_flight_are_finished()
    {
        await using var host = await EngineHost.CreateAsync();
        await host.ExecuteAsync(Written);

        host.StartServer();

        foreach (var id in new[] { "1", "2", "3", "4", "5" })
            await host.ReachesAsync(id, "Succeeded");
        using var connection = host.Storage.GetConnection();
        var tick = await Eventually.That(() => connection.GetRecurringJobs(["tick"]).Single(), Has.Property("LastJobState").EqualTo("Succeeded"));
        Assert.That(tick.NextExecution, Is.GreaterThan(DateTime.UtcNow));
        Assert.That(await host.ScalarAsync<string>("select string_agg(key, ' ') from hangfire.set"), Is.EqualTo("recurring-jobs"));
        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.jobqueue"), Is.Zero);
    }

    [Test]
    public async Task The_tables_have_the_packages_columns_and_a_second_install_changes_nothing()
    {
        const string catalog = "select string_agg(concat_ws(' ', oid, xmin, relname, relfilenode), ', ' order by oid) || (select max(xmin::text) from hangfire.schema) from pg_class where relnamespace = 'hangfire'::regnamespace";
        await using var host = await EngineHost.CreateAsync();

        Assert.That(await host.ScalarAsync<string[]>("""
            select array_agg(line order by line) from (
                select table_name || ': ' || string_agg(column_name || ' ' || udt_name || case when is_nullable = 'YES' then '?' else '' end
                    || case when column_default like 'nextval(%' then ' serial' when column_default is not null then ' = ' || column_default else '' end, ', ' order by ordinal_position) as line
                from information_schema.columns where table_schema = 'hangfire' group by table_name) t
            """), Is.EqualTo([
            "aggregatedcounter: id int8 serial, key text, value int8, expireat timestamptz?",
            "counter: id int8 serial, key text, value int8, expireat timestamptz?",
            "hash: id int8 serial, key text, field text, value text?, expireat timestamptz?, updatecount int4 = 0",
            "job: id int8 serial, stateid int8?, statename text?, invocationdata jsonb, arguments jsonb, createdat timestamptz, expireat timestamptz?, updatecount int4 = 0",
            "jobparameter: id int8 serial, jobid int8, name text, value text?, updatecount int4 = 0",
            "jobqueue: id int8 serial, jobid int8, queue text, fetchedat timestamptz?, updatecount int4 = 0",
            "list: id int8 serial, key text, value text?, expireat timestamptz?, updatecount int4 = 0",
            "lock: resource text, updatecount int4 = 0, acquired timestamptz?",
            "schema: version int4",
            "server: id text, data jsonb?, lastheartbeat timestamptz, updatecount int4 = 0",
            "set: id int8 serial, key text, score float8, value text, expireat timestamptz?, updatecount int4 = 0",
            "state: id int8 serial, jobid int8, name text, reason text?, createdat timestamptz, data jsonb?, updatecount int4 = 0",
        ]));

        var before = await host.ScalarAsync<string>(catalog);
        using (host.NewStorage().GetConnection())
            Assert.That(await host.ScalarAsync<string>(catalog), Is.EqualTo(before));
    }
}
