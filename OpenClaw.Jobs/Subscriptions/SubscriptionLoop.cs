using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Subscriptions.Mail;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>
/// Tells subscriptions of events, each in order and at least once. Any number of nodes may: one alone holds a subscription's lease.
/// No connection to the database is held while a target is waited for, and those that fail have places of their own.
/// </summary>
internal sealed partial class SubscriptionLoop(
    EventFeed feed, DeliveryLedger ledger, WebhookSender sender, MailSender mail, MailSubscriptions addresses, OwnerNotifier notifier, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time, ILogger<SubscriptionLoop> logger)
    : PeriodicService(Interval, time, logger)
{
    /// <summary>How long a target may fail before nothing is sent there until somebody says so; what it was to be told stays.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(3);

    /// <summary>So often a target may refuse one event; then it is put aside and the next one is told.</summary>
    private const int AttemptsAtRefused = 9;

    private const int Places = 24;
    private const int PlacesOfFailing = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan InARow = TimeSpan.FromSeconds(30);

    // What happens meanwhile comes as one letter.
    private static readonly TimeSpan BetweenLetters = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private readonly List<Task> _well = [];
    private readonly List<Task> _failing = [];
    private bool _knowsAddresses;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll([.. _well, .. _failing]).WaitAsync(cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!_knowsAddresses)
        {
            await addresses.KeepAsync(cancellationToken);
            _knowsAddresses = true;
        }

        await feed.LookAsync(cancellationToken);
        await FillAsync(_well, Places, failing: false, cancellationToken);
        await FillAsync(_failing, PlacesOfFailing, failing: true, cancellationToken);
    }

    private async Task FillAsync(List<Task> places, int most, bool failing, CancellationToken cancellationToken)
    {
        places.RemoveAll(task => task.IsCompleted);
        if (places.Count < most)
        {
            places.AddRange((await ledger.ClaimAsync(most - places.Count, failing, cancellationToken)).Select(due => Task.Run(() => DeliverAsync(due, cancellationToken), CancellationToken.None)));
        }
    }

    private async Task DeliverAsync(DueSubscription due, CancellationToken cancellationToken)
    {
        try
        {
            var isMail = MailSubscriptions.Is(due.Url);
            if (await (isMail ? WriteAsync(due, cancellationToken) : TellAsync(due, cancellationToken)))
            {
                await ledger.ReleaseAsync(due, isMail ? BetweenLetters : TimeSpan.Zero, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its lease ends by itself, and another node goes on.
        }
        catch (Exception exception)
        {
            LogNotDelivered(logger, due.Id, exception);
        }
    }

    // False when there is nothing to give back: it failed, or the lease is lost.
    private async Task<bool> TellAsync(DueSubscription due, CancellationToken cancellationToken)
    {
        var (began, cursor) = (Time.GetTimestamp(), due.Cursor);
        while (true)
        {
            var events = await ledger.ReadAsync(due, cursor, DeliveryLedger.Page, cancellationToken);
            if (events.Count == 0)
            {
                return await ledger.PassedAsync(due, cancellationToken);
            }

            foreach (var one in events)
            {
                if (Time.GetElapsedTime(began) > InARow)
                {
                    return true;
                }

                if (await sender.SendAsync(due, one, cancellationToken) is { } fault)
                {
                    var attempts = cursor > due.Cursor ? 0 : due.Attempts;
                    return fault.IsOfThisEvent && attempts >= AttemptsAtRefused
                        ? await ledger.RefusedAsync(due, one.Seq, fault.Why, cancellationToken)
                        : await FailAsync(due, cursor, attempts, fault, cancellationToken);
                }

                cursor = one.Seq;
                if (!await ledger.DeliveredAsync(due, cursor, cancellationToken))
                {
                    return false;
                }
            }
        }
    }

    // All that is owed as one letter; as above, false when there is nothing to give back.
    private async Task<bool> WriteAsync(DueSubscription due, CancellationToken cancellationToken)
    {
        var events = await ledger.ReadAsync(due, due.Cursor, MailSender.MostEvents, cancellationToken);
        if (events.Count == 0)
        {
            return await ledger.PassedAsync(due, cancellationToken);
        }

        return await mail.SendAsync(due, events, cancellationToken) is { } fault
            ? await FailAsync(due, due.Cursor, due.Attempts, fault, cancellationToken)
            : await ledger.DeliveredAsync(due, events[^1].Seq, cancellationToken);
    }

    private async Task<bool> FailAsync(DueSubscription due, long cursor, int attempts, DeliveryFault fault, CancellationToken cancellationToken)
    {
        var gaveUp = fault.IsGone || due.FailingSince < Time.GetUtcNow() - GivesUpAfter;
        if (await ledger.FailedAsync(due, fault.Why, Rest(attempts), gaveUp, cancellationToken) && gaveUp)
        {
            LogGaveUp(logger, due.Id, fault.Why);
            await TellOwnerAsync(due, cursor, fault.Why, cancellationToken);
        }

        return false;
    }

    private async Task TellOwnerAsync(DueSubscription due, long cursor, string why, CancellationToken cancellationToken)
    {
        var detail = $"{why} It is told of nothing more until you say so: POST /api/v1/subscriptions/{due.Id}/replay with {{}}.";
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await notifier.NotifyAsync(new OwnerNotice(NoticeEvent.SubscriptionDisabled, due.Owner, MailSubscriptions.Is(due.Url) ? $"The e-mail to {MailSubscriptions.AddressOf(due.Url)}" : $"The webhook at {due.Url.Host}", detail, $"subscription:{due.Id}:{cursor}:{Time.GetUtcNow():O}"), db, cancellationToken);
    }

    // Between a half and the whole of 2, 4, 8 seconds and so on, up to an hour: targets that failed together come back one by one.
    private static TimeSpan Rest(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, Math.Min(attempts, 20) + 1)) * (0.5 + (Random.Shared.NextDouble() / 2)));

    [LoggerMessage(EventId = 1330, Level = LogLevel.Warning, Message = "Subscription {Id} could not be told of its events, which are kept. It is tried again.")]
    private static partial void LogNotDelivered(ILogger logger, Guid id, Exception exception);

    [LoggerMessage(EventId = 1331, Level = LogLevel.Warning, Message = "Subscription {Id} is told of nothing more until somebody resumes it: {Why}")]
    private static partial void LogGaveUp(ILogger logger, Guid id, string why);
}
