using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Subscriptions.Mail;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Sends a subscription an event that says nothing, now, and tells what came of it. Its standing does not change.</summary>
public sealed class SubscriptionTrial : IDisposable
{
    /// <summary>The event's type.</summary>
    public const string Type = "subscription.test";

    /// <summary>So many at once in a process; each may take as long as a delivery.</summary>
    public const int Most = 4;

    private readonly IDbContextFactory<OpenClawDbContext> _contexts;
    private readonly WebhookSender _sender;
    private readonly MailSender _mail;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places = new(Most);

    internal SubscriptionTrial(IDbContextFactory<OpenClawDbContext> contexts, WebhookSender sender, MailSender mail, TimeProvider time) =>
        (_contexts, _sender, _mail, _time) = (contexts, sender, mail, time);

    public async Task<Decision<TargetAnswer>> SendAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == caller.Owner, cancellationToken) is not { } row)
        {
            return new Refusal.NotFound("subscription_not_found", $"There is no subscription {id}.");
        }

        if (!await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Refusal.Conflict("too_many_tests", $"{Most} targets are being tested already. Try again when one has answered.");
        }

        try
        {
            db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "subscription.test", Subject = $"subscription:{id}" });
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.CloseConnectionAsync();
            var now = _time.GetUtcNow();
            var to = DueSubscription.At(row, 0, 0, now);
            return MailSubscriptions.Is(to.Url) ? await MailAsync(to, cancellationToken)
                : await _sender.TryAsync(to, $"test-{Guid.CreateVersion7(now)}", WebhookSender.Body(Type, now, new JsonObject { ["subscription_id"] = id }), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<TargetAnswer> MailAsync(DueSubscription to, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var fault = await _mail.TryAsync(to, cancellationToken);
        return new TargetAnswer(null, _time.GetElapsedTime(began), "", fault?.Why);
    }

    public void Dispose() => _places.Dispose();
}

/// <summary>What a target made of an event.</summary>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Took">Until its beginning, or until it was given up.</param>
/// <param name="Text">The first 1,000 bytes of the answer, as UTF-8, without what cannot be kept; empty when there are none.</param>
/// <param name="Why">Why it does not count as taken, for people; null when it was.</param>
public sealed record TargetAnswer(int? Status, TimeSpan Took, string Text, string? Why);
