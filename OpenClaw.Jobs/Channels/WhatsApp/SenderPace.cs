using Npgsql;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Keeps one of our numbers at a pace that Twilio takes, whichever nodes send from it: a row says when it is free again.</summary>
public sealed class SenderPace(NpgsqlDataSource dataSource)
{
    // Twilio gives a WhatsApp sender 80 a second; others may send from the number too.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);

    private const string Sql =
        """
        INSERT INTO openclaw.whatsapp_senders AS s (number, free_at) VALUES ($1, now() + $2)
        ON CONFLICT (number) DO UPDATE SET free_at = greatest(s.free_at, now()) + $2 WHERE s.free_at <= now() + $3
        """;

    /// <exception cref="StepNotReadyException">The sender is too fast already.</exception>
    public async Task TakeAsync(string? number, CancellationToken cancellationToken)
    {
        if (number is null)
        {
            return;
        }

        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = number }, new() { Value = Apart }, new() { Value = Burst } });
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new StepNotReadyException(Burst, $"{number} sends as fast as it may.");
        }
    }
}
