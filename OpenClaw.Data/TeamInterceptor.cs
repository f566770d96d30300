using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OpenClaw.Data;

/// <summary>
/// Has a team's commands run as <see cref="TeamRole"/>, until the end of their transaction and no longer, so that nothing of it
/// is left behind in a session, of the pool or of a pooler. It goes with the command itself and costs no round trip.
/// </summary>
/// <param name="role">Whether there is one.</param>
public sealed class TeamInterceptor(TeamRole role) : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => PrepareAsync(command, eventData, result, cancellationToken);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => PrepareAsync(command, eventData, result, cancellationToken);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => PrepareAsync(command, eventData, result, cancellationToken);

    private async ValueTask<T> PrepareAsync<T>(DbCommand command, CommandEventData data, T result, CancellationToken cancellationToken)
    {
        if (!role.IsThere || TeamScope.Owner is not { } owner)
        {
            return result;
        }

        // It has no result of its own, so whoever reads finds theirs first. What saves counts statements: there it goes ahead, in the same transaction.
        var act = $"CALL {TeamRole.Procedure}('{owner.Replace("'", "''", StringComparison.Ordinal)}')";
        if (data.CommandSource is not CommandSource.SaveChanges)
        {
            command.CommandText = $"{act};\n{command.CommandText}";
            return result;
        }

        await using var ahead = command.Connection!.CreateCommand();
        (ahead.CommandText, ahead.Transaction) = (act, command.Transaction);
        await ahead.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }
}
