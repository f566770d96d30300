using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Notices;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Jobs.Notices;

/// <summary>
/// Sends owners their notices, by their rules: what they do not want is left out, what happens at a quiet time waits for its
/// end, and of more than a few within a minute one message is made. Any number of nodes may do so at once.
/// </summary>
public sealed class NoticeSender(
    WhatsAppOutbox outbox, ContactBook contacts, WhatsAppOptions options, IDbContextFactory<OpenClawDbContext> databases, TimeProvider time, ILogger<NoticeSender> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private const string Unwanted = "The owner does not want to be told of this.";
    private const string Gathered = "It is told with others within a minute.";
    private const string KeyPrefix = "notice:";
    private const int Batch = 500;

    private static readonly TimeSpan DigestWindow = TimeSpan.FromMinutes(1);

    // A notice that comes while its owner is not to be told says so after this time at the latest.
    private static readonly TimeSpan BetweenReasons = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (string Reason, DateTimeOffset WrittenAt)> _held = new();
    private readonly TimeProvider _time = time;

    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var owner in await WaitingAsync(cancellationToken))
        {
            try
            {
                await SendDueAsync(owner, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !DatabaseOutage.Caused(exception))
            {
                // What one owner's notices cannot do is no reason for the others to wait.
                failures.Add(new InvalidOperationException($"The notices of owner {owner} could not be sent.", exception));
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private async Task SendDueAsync(string owner, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock(hashtextextended({KeyPrefix + owner}, 0)) AS "Value" """).SingleAsync(cancellationToken))
        {
            await TellAsync(owner, db, cancellationToken);
        }

        transaction.Complete();
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => SendDueAsync(cancellationToken);

    // Notices of owners whom nobody can reach wait, however many they are, without being looked at.
    private async Task<List<string>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var owners = await db.Contacts.Where(contact => contact.Owner != null).Select(contact => contact.Owner!).Distinct().ToListAsync(cancellationToken);
        owners = [.. owners.Concat(options.AllowFrom.Select(allowed => allowed.Owner)).Distinct()];
        if (owners.Count == 0)
        {
            return owners;
        }

        return await db.Database.SqlQuery<string>(
            $"""
            SELECT o.owner AS "Value" FROM unnest({owners}) AS o (owner)
            WHERE EXISTS (
                SELECT FROM openclaw_system.notifications n
                WHERE n.owner = o.owner AND n.recipient LIKE 'owner:%' AND n.reply_to IS NULL AND n.state = 'parked')
            """).ToListAsync(cancellationToken);
    }

    private async Task TellAsync(string owner, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var rules = await db.NoticeRules.AsNoTracking().SingleOrDefaultAsync(row => row.Owner == owner, cancellationToken) ?? new NoticeRules { Owner = owner };
        var numbers = await contacts.NumbersOfAsync(owner, db, cancellationToken);
        if ((numbers.Count == 0 ? OwnerNotifier.Waiting : NoticeHours.WhyHeld(rules, _time.GetUtcNow())) is { } held)
        {
            await HoldAsync(owner, held, db, cancellationToken);
            return;
        }

        var since = _time.GetUtcNow() - DigestWindow;
        var recent = await db.WhatsAppMessages.CountAsync(
            row => row.Contact == numbers[0] && row.Direction == WhatsAppDirection.Out && row.Key.StartsWith(KeyPrefix) && row.CreatedAt > since, cancellationToken);
        if (recent >= rules.DigestAfter)
        {
            await HoldAsync(owner, Gathered, db, cancellationToken);
            return;
        }

        _held.TryRemove(owner, out _);
        await TellAsync(owner, numbers, rules, recent, db, cancellationToken);
    }

    // Why they wait is written beside them, and not each second anew: as many as there are, they are not read before their time.
    private async Task HoldAsync(string owner, string reason, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (_held.TryGetValue(owner, out var held) && held.Reason == reason && held.WrittenAt > now - BetweenReasons)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE openclaw_system.notifications SET state_reason = {reason}
            WHERE owner = {owner} AND recipient LIKE 'owner:%' AND reply_to IS NULL AND state = 'parked' AND state_reason IS DISTINCT FROM {reason}
            """,
            cancellationToken);
        _held[owner] = (reason, now);
    }

    private async Task TellAsync(
        string owner, IReadOnlyList<string> numbers, NoticeRules rules, int recent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var notices = await db.Messages.FromSql(
            $"""
            SELECT * FROM openclaw_system.notifications
            WHERE owner = {owner} AND recipient LIKE 'owner:%' AND reply_to IS NULL AND state = 'parked' AND expires_at > now()
            ORDER BY sequence LIMIT {Batch}
            """).ToListAsync(cancellationToken);
        foreach (var unwanted in notices.Where(notice => !IsWanted(notice, rules)))
        {
            (unwanted.State, unwanted.StateReason) = (MessageState.Delivered, Unwanted);
        }

        notices.RemoveAll(notice => notice.State is not MessageState.Parked);
        if (recent + notices.Count <= rules.DigestAfter)
        {
            foreach (var notice in notices)
            {
                await SendAsync(notice.Content, [notice], numbers, db, cancellationToken);
            }
        }
        else if (notices.Count > 0)
        {
            await SendAsync(NoticeTexts.Digest([.. notices.Select(notice => notice.Content)], WhatsAppOutbox.MaxLength), notices, numbers, db, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SendAsync(string text, List<Message> notices, IReadOnlyList<string> numbers, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        foreach (var notice in notices)
        {
            (notice.State, notice.StateReason) = (MessageState.Accepted, null);
        }

        foreach (var number in numbers)
        {
            var message = await outbox.SendAsync(
                new OutgoingText(number, text, notices[0].Owner, $"{KeyPrefix}{notices[^1].Id}:{number}") { Carries = [.. notices.Select(notice => notice.Id)] }, db, cancellationToken);
            notices.ForEach(notice => notice.WorkflowUuid = message.WorkflowUuid);
        }
    }

    private static bool IsWanted(Message notice, NoticeRules rules) =>
        rules.Events is not { } events || OwnerNotifier.EventOf(notice.Metadata) is not { } what || events.Contains(what);
}
