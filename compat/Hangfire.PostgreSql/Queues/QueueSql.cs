namespace Hangfire.PostgreSql.Queues;

internal static class QueueSql
{
    /// <summary>
    /// Prepared statements keep the plan of their first runs, when the tables may be empty and a sequential scan looks cheap.
    /// All access here is by key and in the order of an index, so scans, sorts and hash joins of tables are never right (and their
    /// penalty would call the JIT compiler). Planning anew takes longer than running. Local to the transaction: no pooled session
    /// is changed.
    /// </summary>
    public const string PlanByKey = """
        select set_config(name, 'off', true) from unnest('{enable_seqscan,enable_bitmapscan,enable_hashjoin,enable_mergejoin,enable_material,enable_sort,jit}'::text[]) name
        union all select set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    /// <summary>
    /// Claims queue rows and brings their jobs to Processing: $1 queues, $2 how many, $3 state data. Rows of jobs that are not to be
    /// started come back without a state. Queue by queue: what waits in queues of other servers is not looked at. Jobs are found by
    /// arrays, for which the planner expects few rows and uses the key.
    /// </summary>
    public static readonly string Claim = $"""
        with c as materialized (
            select r.id from (select unnest($1::text[]) as queue order by 1) served
            cross join lateral (
                select id from hangfire.jobqueue where fetchedat is null and queue = served.queue order by jobid limit $2 for update skip locked
            ) r limit $2
        ), q as (
            update hangfire.jobqueue set fetchedat = now(), updatecount = updatecount + 1
            where id = any(array(select id from c)) returning id, jobid, queue, updatecount
        ), l as materialized (
            select id, statename from hangfire.job
            where id = any(array(select jobid from q)) and statename in ('Enqueued', 'Processing') for no key update skip locked
        ), s as (
            insert into hangfire.state (jobid, name, createdat, data) select id, 'Processing', now(), $3 from l returning id, jobid
        ), u as (
            update hangfire.job set stateid = s.id, statename = 'Processing', expireat = null from s where job.id = s.jobid
        )
        select q.id, q.updatecount, q.queue, q.jobid, l.statename, s.id, {JobReader.Columns("j", "null")}, {JobReader.Columns("n", "n.statedata")}
        from q
        left join hangfire.job j on j.id = q.jobid
        left join l on l.id = q.jobid
        left join s on s.jobid = q.jobid
        {ContinuationOf("q.jobid")}
        order by q.id
        """;

    /// <summary>
    /// Finishes jobs in one go. Whoever can no longer be locked, has another lease, another state or version than was read, is left
    /// alone. Where a continuation is named, it takes over the queue row: Succeeded, Enqueued, Processing and the claim in one commit.
    /// $1 row, $2 epoch, $3 job, $4 its state, $5 version, $6 state data, $7 expireat, $8 next job or 0, $9 its state, $10 queue,
    /// $11 reason, $12 Enqueued data, $13 Processing data, $14 and $15 counters of the day, $16 and $17 of the hour.
    /// </summary>
    public static readonly string Complete = $"""
        with i as materialized (
            select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::timestamptz[],
                $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])
            with ordinality as i (row, epoch, job, state, version, data, expireat, next, nextstate, queue, reason, enqueued, processing, ord)
        ), lq as materialized (
            select id, updatecount, fetchedat from hangfire.jobqueue where id = any($1) for update skip locked
        ), lj as materialized (
            select id, stateid, updatecount from hangfire.job where id = any($3) for no key update skip locked
        ), ln as materialized (
            select id, stateid from hangfire.job where id = any($8) for no key update skip locked
        ), ok as materialized (
            select i.* from i
            join lq on lq.id = i.row and lq.updatecount = i.epoch and lq.fetchedat is not null
            join lj on lj.id = i.job and lj.stateid = i.state and lj.updatecount = i.version
            left join ln on ln.id = i.next and ln.stateid = i.nextstate
            where i.next = 0 or ln.id is not null
        ), s as (
            insert into hangfire.state (jobid, name, reason, createdat, data)
            select job, name, reason, now(), data::jsonb from (
                select ord, 1 as step, job, 'Succeeded' as name, null as reason, data from ok
                union all select ord, 2, next, 'Enqueued', reason, enqueued from ok where next <> 0
                union all select ord, 3, next, 'Processing', null, processing from ok where next <> 0
            ) w order by ord, step
            returning id, jobid, name
        ), uj as (
            update hangfire.job set stateid = s.id, statename = s.name,
                expireat = (select ok.expireat from ok where ok.job = s.jobid and s.name = 'Succeeded')
            from s where job.id = s.jobid and s.name <> 'Enqueued'
        ), dq as (
            delete from hangfire.jobqueue where id = any(array(select row from ok where next = 0))
        ), uq as (
            update hangfire.jobqueue set jobid = ok.next, queue = ok.queue, fetchedat = now(), updatecount = updatecount + 1
            from ok where jobqueue.id = ok.row and ok.next <> 0
        ), da as (
            delete from hangfire.set where key = 'awaiting' and value = any(array(select next::text from ok where next <> 0))
        ), c as (
            insert into hangfire.counter (key, value, expireat)
            select k.key, count(*), k.expireat from ok
            cross join (values ('stats:succeeded', null::timestamptz), ($14, $15), ($16, $17)) k (key, expireat)
            group by k.key, k.expireat
        )
        select i.ord,
            exists (select 1 from hangfire.jobqueue q where q.id = i.row and q.updatecount = i.epoch and q.fetchedat is not null),
            ok.row is not null, s.id, {JobReader.Columns("n", "n.statedata")}
        from i
        left join ok on ok.ord = i.ord
        left join s on s.jobid = ok.next and s.name = 'Processing'
        {ContinuationOf("ok.next")}
        order by i.ord
        """;

    /// <summary>Prolongs leases ($5) and names the rows that are lost, or whose job is in another state by now.</summary>
    public const string Renew = """
        with i as (select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[]) as i (id, epoch, job, state)),
        a as (
            update hangfire.jobqueue q set fetchedat = case when $5 then now() else q.fetchedat end
            from i where q.id = i.id and q.updatecount = i.epoch and q.fetchedat is not null returning q.id
        )
        select i.id from i
        left join a on a.id = i.id
        left join hangfire.job j on j.id = i.job and j.stateid = i.state
        where a.id is null or j.id is null
        """;

    /// <summary>A new epoch, so that whoever still holds the claim cannot finish, nor drop the row later.</summary>
    public const string Release = """
        update hangfire.jobqueue q set fetchedat = null, updatecount = q.updatecount + 1
        from unnest($1::bigint[], $2::int[]) as i (id, epoch) where q.id = i.id and q.updatecount = i.epoch
        """;

    public const string Drop = "delete from hangfire.jobqueue where id = $1 and updatecount = $2";

    public const string Reclaim = """
        update hangfire.jobqueue set fetchedat = null, updatecount = updatecount + 1
        where id = any(array(select id from hangfire.jobqueue where fetchedat < now() - $1 limit 1000 for update skip locked))
        """;

    /// <summary>
    /// The single job that waits for another, read along so that handing over to it needs no query of its own. The limit keeps the
    /// planner from turning it around and reading every continuation there is.
    /// </summary>
    private static string ContinuationOf(string job) => $$"""
        left join lateral (
            select child.*, cs.data::text as statedata
            from hangfire.jobparameter c
            join hangfire.job child on child.id = substring(c.value from '^\[\{"JobId":"(\d+)","Options":\d\}\]$')::bigint
            left join hangfire.state cs on cs.id = child.stateid
            where c.jobid = {{job}} and c.name = 'Continuations'
            limit 1
        ) n on true
        """;
}
