using Hangfire.Engine;
using Npgsql;

namespace Hangfire.PostgreSql.Writing;

internal sealed partial class WriteTransaction
{
    private readonly List<Guard> _guards = [];
    private readonly List<(NpgsqlBatchCommand Command, string ParentId, string ChildId)> _parents = [];
    private readonly List<(string ChildId, string ParentState)> _late = [];

    public override IReadOnlyList<(string ChildId, string ParentState)> LateContinuations => _late;

    // Inside an ambient transaction the job was read with a lock, so there is nothing left to check.
    public override void Expect(JobSnapshot job)
    {
        if (!database.IsInAmbientTransaction)
            _guards.Add(new Guard(
                Command(WriteSql.Expect, [Parameters.Of(Id(job.Id)), Parameters.Of(job.StateId), Parameters.Of(job.Version)]),
                () => new StateConflictException(job.Id)));
    }

    public override void RemoveFromQueue(Lease lease) => _guards.Add(new Guard(
        Command(WriteSql.RemoveFromQueue, [Parameters.Of(lease.Row), Parameters.Of(lease.Epoch)]),
        () => new LeaseLostException(lease.JobId)));

    public override void AddContinuation(string parentId, string childId, JobContinuationOptions options)
    {
        if (_newJobs.TryGetValue(Id(childId), out var child))
            child.Parent = (Id(parentId), options);
        else
            Write(WriteSql.AddContinuation, Parameters.Of(Id(parentId)), Parameters.Of(Id(childId)), Parameters.Of((int)options));
        _parents.Add((Command(WriteSql.TouchParent, [Parameters.Of(Id(parentId))]), parentId, childId));
    }

    public override void Commit()
    {
        if (IsEmpty && _guards.Count == 0)
            return;
        var isAmbient = database.IsInAmbientTransaction;
        using (var connection = database.Open())
        {
            using var transaction = !isAmbient && (_guards.Count > 0 || _parents.Count > 0) ? connection.BeginTransaction() : null;
            using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var command in Commands())
                batch.BatchCommands.Add(command);
            batch.ExecuteNonQuery();
            if (_guards.Find(g => g.Command.Rows == 0) is { } failed)
                throw failed.Error();
            foreach (var (_, parentId, childId) in _parents.Where(p => p.Command.Rows == 0))
                _late.Add((childId, ReadParentState(connection, transaction, parentId)));
            transaction?.Commit();
        }
        signals.RaiseAfterCommit(_queues, isAmbient);
    }

    private IEnumerable<NpgsqlBatchCommand> Commands() =>
        _guards.Select(g => g.Command).Concat(_parents.Select(p => p.Command)).Concat(_newJobs.Values.Select(j => j.ToCommand(database))).Concat(_writes.Select(write => write()));

    private string ReadParentState(NpgsqlConnection connection, NpgsqlTransaction? transaction, string parentId)
    {
        using var command = new NpgsqlCommand(database.Sql(WriteSql.ReadParentState), connection, transaction);
        command.Parameters.Add(Parameters.Of(Id(parentId)));
        return command.ExecuteScalar() as string ?? throw new InvalidOperationException(
            $"Can not add a continuation: parent background job '{parentId}' does not exist.");
    }

    private sealed record Guard(NpgsqlBatchCommand Command, Func<Exception> Error);
}
