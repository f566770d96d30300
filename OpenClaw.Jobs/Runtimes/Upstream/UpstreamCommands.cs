using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Upstream;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>
/// Keeps the last commands that any node gave the gateway. Written behind the work and a few at a time: under load only
/// those that would be kept are written at all.
/// </summary>
public sealed partial class UpstreamCommands(
    IDbContextFactory<OpenClawDbContext> contexts, ExecutorIdentity executor, TimeProvider time, ILogger<UpstreamCommands> logger) : BackgroundService
{
    public const int Kept = 10;

    // Of an error text, which the other side chose.
    private const int MaxError = 2_000;

    private static readonly string ForgetSql =
        $"DELETE FROM openclaw.bridge_commands WHERE id < (SELECT min(id) FROM (SELECT id FROM openclaw.bridge_commands ORDER BY id DESC LIMIT {Kept}) AS newest)";

    private readonly Channel<UpstreamCommand> _noted = Channel.CreateBounded<UpstreamCommand>(
        new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Note(string method, string agent, TimeSpan duration, string? error) => _noted.Writer.TryWrite(new UpstreamCommand
    {
        Node = executor.Node,
        Method = method,
        Agent = agent,
        Error = error is null ? null : ForeignText.Clean(error, MaxError),
        Duration = duration,
        EndedAt = time.GetUtcNow(),
    });

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<UpstreamCommand>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UpstreamCommands.AsNoTracking().OrderByDescending(command => command.Id).Take(Kept).ToListAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _noted.Reader.WaitToReadAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogNotKept(logger, exception.Message);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (_noted.Reader.TryRead(out var command))
        {
            db.UpstreamCommands.Add(command);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(ForgetSql, cancellationToken);
    }

    [LoggerMessage(EventId = 1405, Level = LogLevel.Debug, Message = "Commands to the OpenClaw gateway were not kept: {Reason}")]
    private static partial void LogNotKept(ILogger logger, string reason);
}
