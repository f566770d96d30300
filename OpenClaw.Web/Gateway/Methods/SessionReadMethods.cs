using System.Globalization;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Conversations;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What was said in conversations, and what that took.</summary>
internal sealed class SessionReadMethods(ConversationStore sessions, SessionFacts facts, SessionRows rows, TargetResolver targets, TimeProvider time) : IGatewayMethods
{
    private const int MaxMessages = 1000;
    private const int DefaultMessages = 200;
    private const int MaxPreviewed = 64;
    private const int MaxItems = 50;
    private const int DefaultItems = 12;
    private const int MaxItemLength = 4_000;
    private const int DefaultItemLength = 240;
    private const int MaxUsed = 500;
    private const int DefaultUsed = 50;
    private const string Day = "yyyy-MM-dd";

    private static readonly (string Range, int Days)[] Ranges = [("7d", 7), ("30d", 30), ("90d", 90), ("1y", 365), ("all", 36_500)];

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("sessions.get", Scopes.Read, GetAsync),
        GatewayMethod.Of("sessions.preview", Scopes.Read, PreviewAsync),
        GatewayMethod.Of("sessions.usage", Scopes.Read, UsageAsync),
        GatewayMethod.Of("chat.message.get", Scopes.Read, MessageAsync),
    ];

    private async Task<SessionMessages> GetAsync(GatewayCall call)
    {
        var given = call.Params("key", "sessionKey", "limit", "agentId");
        var limit = given.Number("limit", DefaultMessages, 1, MaxMessages);
        var session = await FindAsync(given.OptionalText("agentId"), given.Has("key") ? given.Filled("key") : given.Filled("sessionKey"), call);
        return new SessionMessages(session is null ? [] : Transcript.Of((await sessions.HistoryAsync(session, limit, 0, call.Cancelled)).Messages));
    }

    private async Task<SessionMessageFound> MessageAsync(GatewayCall call)
    {
        var given = call.Params("sessionKey", "messageId", "maxChars", "agentId");
        var most = given.Number("maxChars", MessageRules.MaxContentLength, 1, MessageRules.MaxContentLength);
        var session = await FindAsync(given.OptionalText("agentId"), given.Filled("sessionKey"), call);
        return session is not null && Guid.TryParse(given.Filled("messageId"), out var id) && await sessions.FindMessageAsync(session, id, call.Cancelled) is { } message
            ? new SessionMessageFound(true, Transcript.Of([message], most)[0])
            : new SessionMessageFound(false, UnavailableReason: "not_found");
    }

    private async Task<SessionPreviews> PreviewAsync(GatewayCall call)
    {
        var given = call.Params("keys", "limit", "maxChars");
        given.Required("keys");
        var (limit, most) = (given.Number("limit", DefaultItems, 1, MaxItems), given.Number("maxChars", DefaultItemLength, 20, MaxItemLength));
        var previews = new List<SessionPreview>();
        foreach (var key in given.Texts("keys", MaxPreviewed).Where(key => key.Length > 0))
        {
            previews.Add(await PreviewAsync(key, limit, most, call));
        }

        return new SessionPreviews(time.GetUtcNow().ToUnixTimeMilliseconds(), previews);
    }

    // One that cannot be shown keeps none of the others from being shown.
    private async Task<SessionPreview> PreviewAsync(string key, int limit, int most, GatewayCall call)
    {
        try
        {
            if (await FindAsync(null, key, call) is not { } session)
            {
                return new SessionPreview(key, "missing", []);
            }

            var said = Transcript.Of((await sessions.HistoryAsync(session, limit, 0, call.Cancelled)).Messages, most);
            return new SessionPreview(key, said.Count > 0 ? "ok" : "empty", [.. said.Select(message => new SessionPreviewItem(message.Role, message.Content[0].Text))]);
        }
        catch (GatewayException)
        {
            return new SessionPreview(key, "missing", []);
        }
    }

    private async Task<SessionsUsage> UsageAsync(GatewayCall call)
    {
        var given = call.Params("key", "agentId", "agentScope", "startDate", "endDate", "range", "limit");
        var limit = given.Number("limit", DefaultUsed, 1, MaxUsed);
        var (from, until) = TimeOf(given);
        var page = await UsedAsync(given, limit, call);
        var used = await facts.UsageAsync([.. page.Select(session => session.Key)], from, until, call.Cancelled);
        var shown = (await rows.ReadAsync(page, SessionTexts.None, call.Caller, call.Cancelled)).Select(row => UsageOf(row, used.GetValueOrDefault(row.Key))).ToList();
        return new SessionsUsage(
            time.GetUtcNow().ToUnixTimeMilliseconds(), from.ToString(Day, CultureInfo.InvariantCulture), until.AddTicks(-1).ToString(Day, CultureInfo.InvariantCulture), shown,
            new SessionTokens(shown.Sum(row => row.Usage.Input), shown.Sum(row => row.Usage.Output), shown.Sum(row => row.Usage.TotalTokens), shown.Sum(row => row.Usage.Replies)));
    }

    private async Task<IReadOnlyList<Session>> UsedAsync(GatewayParams given, int limit, GatewayCall call)
    {
        var (key, agentId, all) = (given.OptionalText("key"), given.OptionalText("agentId"), given.IsText("agentScope", "all"));
        if (given.Has("agentScope") && !all)
        {
            throw given.Wrong("at /agentScope: must be equal to one of the allowed values");
        }

        if (all && (key ?? agentId) is not null)
        {
            throw GatewayException.Invalid("agentScope=all cannot be combined with key or agentId");
        }

        if (key is not null)
        {
            return await FindAsync(agentId, key, call) is { } session ? [session] : [];
        }

        var agent = all ? null : (await targets.ResolveAsync(agentId, null, call)).Agent;
        return (await sessions.ListAsync(new SessionSearch { AgentId = agent?.Id, IsArchived = null, Limit = limit }, call.Caller, call.Cancelled)).Page;
    }

    private static SessionUsageRow UsageOf(SessionRow row, SessionUsage? used) => new(
        row.Key, row.Label, row.SessionId!, row.AgentId, row.UpdatedAt ?? 0, row.ModelProvider, row.Model,
        new SessionTokens(used?.InputTokens ?? 0, used?.OutputTokens ?? 0, (used?.InputTokens + used?.OutputTokens) ?? 0, used?.Replies ?? 0));

    // Whole days in UTC.
    private (DateTimeOffset From, DateTimeOffset Until) TimeOf(GatewayParams given)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var range = given.OptionalText("range") ?? "30d";
        if (!Array.Exists(Ranges, known => known.Range == range))
        {
            throw given.Wrong("at /range: must be equal to one of the allowed values");
        }

        var last = DayOf(given, "endDate") ?? today;
        var days = Math.Min(Array.Find(Ranges, known => known.Range == range).Days - 1, last.DayNumber);
        var first = DayOf(given, "startDate") ?? last.AddDays(-days);
        if (first > last)
        {
            throw given.Wrong("at /startDate: must not be after endDate");
        }

        return (At(first), last == DateOnly.MaxValue ? DateTimeOffset.MaxValue : At(last.AddDays(1)));
    }

    private static DateOnly? DayOf(GatewayParams given, string name) => given.OptionalText(name) switch
    {
        null => null,
        var text when DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        _ => throw given.Wrong($"at /{name}: must be a day, such as 2027-01-31"),
    };

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private async Task<Session?> FindAsync(string? agentId, string key, GatewayCall call) =>
        await sessions.FindAsync((await targets.ResolveAsync(agentId, key, call)).SessionKey, call.Caller, call.Cancelled);
}
