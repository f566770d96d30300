namespace Hangfire.PostgreSql.Monitoring;

internal static class MonitoringSql
{
    public const string Statistics = """
        select
            (select count(*) from hangfire.jobqueue where fetchedat is null),
            (select count(*) from hangfire.jobqueue where fetchedat is not null),
            (select count(*) from hangfire.set where key = 'schedule'),
            (select count(*) from hangfire.set where key = 'awaiting'),
            (select count(*) from hangfire.set where key = 'retries'),
            (select count(*) from hangfire.set where key = 'recurring-jobs'),
            (select count(*) from hangfire.job where statename = 'Failed'),
            (select count(*) from hangfire.server),
            (select count(distinct queue) from hangfire.jobqueue),
            (select coalesce(sum(value), 0)::bigint from (
                select value from hangfire.counter where key = 'stats:succeeded'
                union all select value from hangfire.aggregatedcounter where key = 'stats:succeeded') c),
            (select coalesce(sum(value), 0)::bigint from (
                select value from hangfire.counter where key = 'stats:deleted'
                union all select value from hangfire.aggregatedcounter where key = 'stats:deleted') c)
        """;

    public const string Queues = """
        select queue, count(*) filter (where fetchedat is null), count(*) filter (where fetchedat is not null)
        from hangfire.jobqueue group by queue order by queue
        """;

    public const string History =
        "select name, reason, createdat, data::text from hangfire.state where jobid = $1 order by id desc";

    public const string Counters = """
        select key, sum(value)::bigint from (
            select key, value from hangfire.counter where key = any($1)
            union all select key, value from hangfire.aggregatedcounter where key = any($1)) c
        group by key
        """;

    public const string CountInSet = "select count(*) from hangfire.set where key = $1";

    /// <summary>
    /// How far a list of finished jobs can be paged through. Counting, or skipping over, a million rows takes longer
    /// than a page may; the counters in <see cref="Statistics"/> tell how many there really are.
    /// </summary>
    public const string CountInState = """
        select count(*) from (
            select from hangfire.job where statename = $1 and statename in ('Failed', 'Succeeded', 'Deleted') limit 100000) j
        """;

    /// <summary>Jobs in a final state or Failed, newest first, by the index made for it.</summary>
    public static readonly string JobsInState = $"""
        select {JobReader.Columns("j", "s.data::text")}, s.reason, s.createdat, null
        from (
            select id from hangfire.job where statename = $1 and statename in ('Failed', 'Succeeded', 'Deleted')
            order by id desc offset $2 limit $3
        ) m
        join hangfire.job j on j.id = m.id
        left join hangfire.state s on s.id = j.stateid
        order by j.id desc
        """;

    /// <summary>Jobs that a sorted set names, in its order.</summary>
    public static readonly string JobsInSet = $"""
        select {JobReader.Columns("j", "s.data::text")}, s.reason, s.createdat,
            (select p.statename from hangfire.job p where p.id = substring(s.data ->> 'ParentId' from '^\d+$')::bigint)
        from (select value, score from hangfire.set where key = $1 order by score, value offset $2 limit $3) m
        join hangfire.job j on j.id = substring(m.value from '^\d+$')::bigint
        left join hangfire.state s on s.id = j.stateid
        order by m.score, m.value
        """;

    public static readonly string EnqueuedJobs = QueuedJobs("fetchedat is null and queue = $1");

    public static readonly string FetchedJobs = QueuedJobs("fetchedat is not null and queue = $1");

    public static readonly string ProcessingJobs = QueuedJobs("fetchedat is not null and $1::text is not null");

    private static string QueuedJobs(string condition) => $"""
        select {JobReader.Columns("j", "s.data::text")}, s.reason, q.fetchedat, null
        from (
            select jobid, fetchedat from hangfire.jobqueue where {condition}
            order by fetchedat nulls first, queue, jobid offset $2 limit $3
        ) q
        join hangfire.job j on j.id = q.jobid
        left join hangfire.state s on s.id = j.stateid
        order by q.fetchedat nulls first, j.id
        """;
}
