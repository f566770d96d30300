using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Outbound;

namespace OpenClaw.Jobs.Heartbeats.Gates;

/// <summary>Looks at what is outside of the service: files, another database, addresses.</summary>
public sealed class GateProbes : IAsyncDisposable
{
    /// <summary>What is seen of something that cannot be looked at: it opens its gate once, and not at each beat.</summary>
    public const string Unseen = "cannot be looked at: ";

    private const int MostBody = 256 * 1024;
    private const int MostKept = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string Late = $"It did not answer whole within {Patience.TotalSeconds:0} seconds.";

    private readonly GateSettings _settings;
    private readonly HttpClient _http;
    private readonly NpgsqlDataSource? _database;

    public GateProbes(GateSettings settings)
    {
        _settings = settings;
        _http = new HttpClient(OutboundHandler.Create(settings.Hosts)) { Timeout = Timeout.InfiniteTimeSpan };
        _database = settings.DatabaseConnection is { } connection ? NpgsqlDataSource.Create(ReadOnly(connection)) : null;
    }

    /// <summary>What there is to see now, as a short text that is another when something has changed.</summary>
    public async Task<string> LookAsync(Gate gate, CancellationToken cancellationToken)
    {
        if (_settings.WhyNot(gate) is { } why)
        {
            return Unseen + why;
        }

        try
        {
            return ForeignText.OneLine(
                gate switch
                {
                    FileGate file => Look(file),
                    SqlGate query => await LookAsync(query, cancellationToken),
                    HttpGate address => await LookAsync(address, cancellationToken),
                    _ => throw new ArgumentException($"{gate.Name} is nothing outside.", nameof(gate)),
                },
                MostKept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NpgsqlException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ForeignText.OneLine(Unseen + (IsLate(exception) ? Late : exception.GetBaseException().Message), MostKept);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private string Look(FileGate gate)
    {
        var folder = Path.GetFullPath(_settings.Files!);
        var file = new FileInfo(Path.GetFullPath(gate.Path, folder));
        return !file.FullName.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? $"{Unseen}It is not below the folder of GATE_FILES."
            : file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes of {file.LastWriteTimeUtc:yyyy-MM-dd HH:mm:ss.fff} UTC")
            : "not there";
    }

    private async Task<string> LookAsync(SqlGate gate, CancellationToken cancellationToken)
    {
        await using var command = _database!.CreateCommand(gate.Query);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "" : "nothing";
    }

    private async Task<string> LookAsync(HttpGate gate, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var answer = await _http.GetAsync(gate.Url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        var buffer = new byte[MostBody];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, limit.Token);
        return $"{(int)answer.StatusCode} with {Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)))[..12]}";
    }

    // Time that is over is told in many words, by where it was noticed: the same look at the same thing must read the same.
    private static bool IsLate(Exception? exception) => exception is not null
        && (exception is OperationCanceledException or TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.OperationAborted }
            or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
            || IsLate(exception.InnerException));

    // A query that would write fails, and none holds a connection for long.
    private static string ReadOnly(string connection) => new NpgsqlConnectionStringBuilder(connection)
    {
        ApplicationName = "openclaw-gates",
        Options = "-c default_transaction_read_only=on -c statement_timeout=5000",
        Enlist = false,
        MaxPoolSize = 2,
        Timeout = (int)Patience.TotalSeconds,
        CommandTimeout = (int)Patience.TotalSeconds + 1,
    }.ConnectionString;
}
