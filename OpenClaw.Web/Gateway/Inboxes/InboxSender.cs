using System.Collections.Concurrent;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Outages;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Inboxes;

/// <summary>
/// Sends the clients of this node what is in their inboxes: in order, many inboxes with one query, and again what they do
/// not acknowledge. It is woken by the notifications of whoever stores a message; a look at all inboxes is the guarantee.
/// </summary>
internal sealed partial class InboxSender : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AcknowledgeLimit = TimeSpan.FromSeconds(30);

    // Whose connection breaks sooner may not have read what was sent: that is no attempt. How long a message is worth
    // delivering bounds it all the same.
    private static readonly TimeSpan HangUpGrace = TimeSpan.FromSeconds(5);

    private readonly Inbox _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger<InboxSender> _logger;
    private readonly ConcurrentDictionary<string, InboxCursor> _cursors = new();
    private readonly ConcurrentDictionary<string, int> _readers = new();
    private readonly ConcurrentDictionary<string, bool> _heard = new();
    private readonly SemaphoreSlim _wake = new(0, 1);

    public InboxSender(GatewayHub hub, Inbox inbox, TimeProvider time, ILogger<InboxSender> logger)
    {
        (_inbox, _time, _logger) = (inbox, time, logger);
        hub.Joined += Join;
        hub.Left += Leave;
    }

    /// <summary>Something may be new in an inbox.</summary>
    public void Heard(string recipient)
    {
        if (!_readers.ContainsKey(recipient))
        {
            return;
        }

        _heard[recipient] = true;
        Wake();
    }

    /// <summary>Marks messages in the connection's inbox as delivered. Returns how many were waiting there.</summary>
    public async Task<int> AcknowledgeAsync(GatewayConnection connection, IReadOnlyList<Guid> messages)
    {
        var acknowledged = await _inbox.AcknowledgeAsync(connection.Caller.Owner, connection.Address, messages);
        if (_cursors.TryGetValue(connection.Id, out var cursor))
        {
            cursor.Forget(messages);
            if (cursor.MayHaveMore)
            {
                Heard(connection.Address);
            }
        }

        return acknowledged;
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lookedAt = _time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(LookInterval, stoppingToken);
                var everywhere = _time.GetElapsedTime(lookedAt) >= LookInterval;
                if (everywhere)
                {
                    lookedAt = _time.GetTimestamp();
                    await MissAsync(_cursors.Values.SelectMany(cursor => cursor.TakeOlderThan(AcknowledgeLimit)), stoppingToken);
                }

                await SendAsync(everywhere, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: the loop goes on, and so does the service.
                LogAway(_logger, exception.Message);
                await Task.Delay(LookInterval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Join(GatewayConnection connection)
    {
        if (!Scopes.Allows(connection.Connected!.Scopes, Scopes.Read))
        {
            return;
        }

        _readers.AddOrUpdate(connection.Address, 1, (_, count) => count + 1);
        _cursors[connection.Id] = new InboxCursor(connection, _time);
        Heard(connection.Address);
    }

    private void Leave(GatewayConnection connection)
    {
        if (!_cursors.TryRemove(connection.Id, out var cursor))
        {
            return;
        }

        if (_readers.AddOrUpdate(connection.Address, 0, (_, count) => count - 1) == 0)
        {
            _readers.TryRemove(new(connection.Address, 0));
        }

        _ = TryMissAsync(cursor.TakeOlderThan(HangUpGrace));
    }

    private async Task SendAsync(bool everywhere, CancellationToken cancellationToken)
    {
        var heard = _heard.Keys.Where(recipient => _heard.TryRemove(recipient, out _)).ToHashSet();
        var due = _cursors.Values.Where(cursor => everywhere || heard.Contains(cursor.Recipient))
            .Select(cursor => (Cursor: cursor, Reader: cursor.Next())).Where(next => next.Reader is not null).ToList();
        if (due.Count == 0)
        {
            return;
        }

        var entries = (await _inbox.ReadAsync([.. due.Select(next => next.Reader!)], cancellationToken)).ToLookup(entry => entry.Reader);
        var refused = new List<(Guid Id, string Reason)>();
        for (var i = 0; i < due.Count; i++)
        {
            refused.AddRange(due[i].Cursor.Send([.. entries[i]], due[i].Reader!.Room));
        }

        if (refused.Count > 0)
        {
            await _inbox.GiveUpAsync(refused, cancellationToken);
        }
    }

    // Whose connection broke is told again when it comes back, and somebody must count how often that goes on.
    private async Task TryMissAsync(IReadOnlyList<Guid> messages)
    {
        try
        {
            await MissAsync(messages, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            LogAway(_logger, exception.Message);
        }
    }

    private async Task MissAsync(IEnumerable<Guid> messages, CancellationToken cancellationToken)
    {
        if (messages.ToArray() is { Length: > 0 } missed)
        {
            await _inbox.MissAsync(missed, cancellationToken);
        }
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just done it.
        }
    }

    [LoggerMessage(EventId = 2205, Level = LogLevel.Debug, Message = "Inboxes are not delivered for the moment: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
