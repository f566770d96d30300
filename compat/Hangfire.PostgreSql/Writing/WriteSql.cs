namespace Hangfire.PostgreSql.Writing;

internal static class WriteSql
{
    // There is no unique index to upsert by, in the package's schema either.
    public const string SetParameter = """
        with u as (update hangfire.jobparameter set value = $3 where jobid = $1 and name = $2 returning 1)
        insert into hangfire.jobparameter (jobid, name, value) select $1, $2, $3 where not exists (select 1 from u)
        """;

    public const string AddToQueue = "insert into hangfire.jobqueue (jobid, queue) values ($1, $2)";

    public const string SetExpiry = "update hangfire.job set expireat = $2 where id = $1";

    public const string Count = "insert into hangfire.counter (key, value, expireat) values ($1, $2, $3)";

    public const string AddToSet = """
        insert into hangfire.set (key, value, score) values ($1, $2, $3)
        on conflict (key, value) do update set score = excluded.score
        """;

    public const string RemoveFromSet = "delete from hangfire.set where key = $1 and value = $2";

    public const string SetRangeInHash = """
        insert into hangfire.hash (key, field, value) select $1, field, value from unnest($2, $3) as f (field, value)
        on conflict (key, field) do update set value = excluded.value
        """;

    public const string RemoveHash = "delete from hangfire.hash where key = $1";

    /// <summary>No row means that the job was changed since it was read.</summary>
    public const string Expect =
        "select 1 from hangfire.job where id = $1 and stateid is not distinct from $2 and updatecount = $3 for no key update";

    /// <summary>No row means that another worker has the job.</summary>
    public const string RemoveFromQueue = "delete from hangfire.jobqueue where id = $1 and updatecount = $2 and fetchedat is not null";

    /// <summary>
    /// Locks the parent and raises its version, so that whoever finishes it without having seen the new continuation has to look again.
    /// </summary>
    public const string TouchParent = """
        update hangfire.job set updatecount = updatecount + 1
        where id = $1 and (statename is null or statename not in ('Succeeded', 'Deleted'))
        """;

    public static readonly string AddContinuation = $"with {AppendContinuation(parent: "$1", child: "$2", options: "$3")} select 1";

    public const string ReadParentState = "select statename from hangfire.job where id = $1 for no key update";

    /// <summary>
    /// Part of a WITH clause that notes a continuation with its parent. Appends to the JSON as the text it is: parsing and printing it
    /// would change how others wrote it.
    /// </summary>
    public static string AppendContinuation(string parent, string child, string options) => $$"""
        entry as (
            select '{"JobId":"' || {{child}}::bigint || '","Options":' || {{options}}::int || '}' as text
        ), appended as (
            update hangfire.jobparameter p set value = case when p.value = '[]' then '[' else left(p.value, -1) || ',' end || entry.text || ']'
            from entry where p.jobid = {{parent}} and p.name = 'Continuations' returning 1
        ), first as (
            insert into hangfire.jobparameter (jobid, name, value)
            select job.id, 'Continuations', '[' || entry.text || ']' from hangfire.job, entry
            where job.id = {{parent}} and not exists (select 1 from appended)
        )
        """;
}
