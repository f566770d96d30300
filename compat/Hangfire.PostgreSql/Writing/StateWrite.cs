using Hangfire.Engine;
using Hangfire.States;
using Npgsql;

namespace Hangfire.PostgreSql.Writing;

/// <summary>A state added to a job's history, and made its current one unless it was only passed through.</summary>
internal sealed class StateWrite(long jobId, IState state, bool isCurrent)
{
    private const string Add = "insert into hangfire.state (jobid, name, reason, createdat, data) values ($1, $2, $3, now(), $4)";

    private const string Set = $"""
        with s as ({Add} returning id)
        update hangfire.job set stateid = s.id, statename = $2, expireat = case when $5 then $6 else expireat end
        from s where job.id = $1
        """;

    private (bool IsSet, DateTime? At) _expiry;

    public bool Concerns(long id) => isCurrent && id == jobId;

    public void ExpireAt(DateTime? at) => _expiry = (true, at);

    public NpgsqlBatchCommand ToCommand(Database database)
    {
        var command = new NpgsqlBatchCommand(database.Sql(isCurrent ? Set : Add))
        {
            Parameters =
            {
                Parameters.Of(jobId),
                Parameters.Of(state.Name),
                Parameters.Of(StateJson.Clean(state.Reason)),
                Parameters.Json(StateJson.Serialize(state.SerializeData())),
            },
        };
        if (isCurrent)
        {
            command.Parameters.Add(Parameters.Of(_expiry.IsSet));
            command.Parameters.Add(Parameters.Of(_expiry.At));
        }
        return command;
    }
}
