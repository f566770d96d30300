using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.States;
using Hangfire.Storage;
using Npgsql;

namespace Hangfire.PostgreSql.Writing;

/// <summary>A job being created: row, parameters, first state and queue entry go out as one statement.</summary>
internal sealed class NewJob(long id, Job job, IDictionary<string, string?> parameters, DateTime createdAt)
{
    private static readonly string Insert = $"with {Parts} {Enqueue}";

    private static readonly string InsertContinuation =
        $"with {Parts}, {WriteSql.AppendContinuation(parent: "$14", child: "$1", options: "$15")} {Enqueue}";

    private const string Parts = """
        s as (
            insert into hangfire.state (jobid, name, reason, createdat, data)
            select $1, $5, $6, now(), $7 where $5 is not null
            returning id
        ), j as (
            insert into hangfire.job (id, stateid, statename, invocationdata, arguments, createdat, expireat)
            select $1, (select id from s), $5, $2, $3, $4, $8
        ), p as (
            insert into hangfire.jobparameter (jobid, name, value)
            select $1, name, value from unnest($9, $10) as p (name, value)
        ), m as (
            insert into hangfire.set (key, value, score) select $12, $1::text, $13 where $12 is not null
        )
        """;

    private const string Enqueue = "insert into hangfire.jobqueue (jobid, queue) select $1, $11 where $11 is not null";

    public Dictionary<string, string?> Parameters { get; } = new(parameters);
    public IState? State { get; set; }
    public string? Queue { get; set; }
    public DateTime? ExpireAt { get; set; }

    /// <summary>The sorted set that the job stands in from its beginning.</summary>
    public (string Key, double Score)? Set { get; set; }

    /// <summary>The job that it waits for.</summary>
    public (long Id, JobContinuationOptions Options)? Parent { get; set; }

    public NpgsqlBatchCommand ToCommand(Database database)
    {
        var invocation = InvocationData.SerializeJob(job);
        var command = new NpgsqlBatchCommand(database.Sql(Parent is null ? Insert : InsertContinuation))
        {
            Parameters =
            {
                PostgreSql.Parameters.Of(id),
                PostgreSql.Parameters.Json(InvocationJson.Serialize(invocation)),
                PostgreSql.Parameters.Json(invocation.Arguments!),
                PostgreSql.Parameters.Of((DateTime?)createdAt),
                PostgreSql.Parameters.Of(State?.Name),
                PostgreSql.Parameters.Of(StateJson.Clean(State?.Reason)),
                PostgreSql.Parameters.Json(State is null ? "null" : StateJson.Serialize(State.SerializeData())),
                PostgreSql.Parameters.Of(ExpireAt),
                PostgreSql.Parameters.Of([.. Parameters.Keys]),
                PostgreSql.Parameters.Of([.. Parameters.Values]),
                PostgreSql.Parameters.Of(Queue),
                PostgreSql.Parameters.Of(Set?.Key),
                PostgreSql.Parameters.Of(Set?.Score ?? 0),
            },
        };
        if (Parent is { } parent)
        {
            command.Parameters.Add(PostgreSql.Parameters.Of(parent.Id));
            command.Parameters.Add(PostgreSql.Parameters.Of((int)parent.Options));
        }
        return command;
    }
}
