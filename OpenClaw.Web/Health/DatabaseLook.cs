using Npgsql;

namespace OpenClaw.Web.Health;

/// <summary>Whether the database answers, on the pool that everything uses.</summary>
internal sealed class DatabaseLook(NpgsqlDataSource dataSource, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<DatabaseHealth> LookAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(deadline.Token);
            return new DatabaseHealth(CheckStatus.Ok, Milliseconds(started), Error: null);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            var error = exception is OperationCanceledException ? $"No answer within {Patience.TotalSeconds:0} s." : exception.GetBaseException().Message;
            return new DatabaseHealth(CheckStatus.Failed, Milliseconds(started), error);
        }
    }

    private double Milliseconds(long started) => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1);
}
