using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Messages;

/// <summary>What a message may be. All problems are reported at once, each under its field's JSON name.</summary>
public static class MessageRules
{
    public const int MaxContentLength = 262_144;
    public const int MaxIdLength = 255;

    /// <summary>Of a conversation's key with its agent in front; it is a key of an index and goes into notifications.</summary>
    public const int MaxSessionKeyLength = 384;

    public static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    /// <summary>Null when all is well.</summary>
    public static Refusal.Invalid? Check(NewMessage message)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrEmpty(message.Content) || message.Content.Length > MaxContentLength || !ForeignText.IsWhole(message.Content))
        {
            errors["content"] = [$"content must have 1 to {MaxContentLength} characters of valid Unicode and no NUL."];
        }

        if (message.Id is { } id && !IsAddress(id))
        {
            errors["id"] = [$"id may have 1 to {MaxIdLength} characters, without control characters."];
        }

        if (string.IsNullOrWhiteSpace(message.From) || !IsAddress(message.From))
        {
            errors["from"] = [$"from must have 1 to {MaxIdLength} characters, without control characters."];
        }

        if (message.SessionKey is { } key && (key.Length is 0 or > MaxSessionKeyLength || !ForeignText.IsLine(key)))
        {
            errors["session_key"] = [$"session_key may have 1 to {MaxSessionKeyLength} characters with its agent in front, without control characters."];
        }

        if (message.Metadata is { } metadata && !JsonRules.IsStorableObject(metadata))
        {
            errors["metadata"] = [JsonRules.ObjectRule("metadata")];
        }

        if (message.TimeToLive is { } time && (time < MinTimeToLive || time > MaxTimeToLive))
        {
            errors["ttl_seconds"] = [$"ttl_seconds must be {MinTimeToLive.TotalSeconds} to {MaxTimeToLive.TotalSeconds}."];
        }

        if (message.Timeout is { } longest && !TurnLimits.IsLimit(longest))
        {
            errors["timeout"] = [$"timeout must be a time from 1s to {TurnLimits.Most.TotalHours:0}h, such as 90s, 30m or 4h: how long the agent's turn may take."];
        }

        if (message.QueueMode is { } mode && !QueueModes.TryParse(mode, out _))
        {
            errors["queue_mode"] = [$"queue_mode must be {QueueModes.All}."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    /// <summary>Null when the caller may write as the message's sender.</summary>
    public static Refusal.Invalid? CheckSender(NewMessage message, Caller caller) => message.From is { } from && Addresses.IsReserved(from, caller.Owner)
        ? new Refusal.Invalid(new Dictionary<string, string[]>
        {
            ["from"] = ["from says who you are. agent:, cron:, work:, whatsapp:, sql:, openclaw and other people's owner: are not yours to write under; leave it out, or take a name of your own."],
        })
        : null;

    /// <summary>Whether the text may name a sender, a recipient, a conversation or a message: such a name is part of an index and of what nodes tell each other.</summary>
    public static bool IsAddress(string text) => text.Length is > 0 and <= MaxIdLength && ForeignText.IsLine(text);
}
