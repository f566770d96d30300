using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Messages;

/// <summary>What becomes of messages to an agent that has a turn under way: what the message says, else its conversation, else the agent's configuration.</summary>
public static partial class QueueModes
{
    /// <summary>In an agent's configuration: a mode.</summary>
    public const string Setting = "queue_mode";

    /// <summary>In an agent's configuration: how long nothing may have come before messages that are collected have their turn, such as <c>500ms</c>.</summary>
    public const string PauseSetting = "queue_debounce";

    /// <summary>In a conversation's settings, by the protocol's name.</summary>
    public const string SessionSetting = "queueMode";

    /// <summary>The modes, for people.</summary>
    public const string All = "followup, collect, interrupt or steer";

    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Another word for the first mode, which says what it does.
    private const string Queue = "queue";

    private static readonly TimeSpan DefaultPause = TimeSpan.FromMilliseconds(500);

    public static bool TryParse(string text, out QueueMode mode)
    {
        mode = QueueMode.Followup;
        return text == Queue || EnumText.TryParse(text, out mode);
    }

    /// <summary>Of a message to the agent; null for one that waits.</summary>
    /// <param name="own">What the message says; null for nothing.</param>
    /// <param name="session">What its conversation says; null for nothing.</param>
    /// <param name="agent">The agent.</param>
    public static QueueMode? Of(string? own, string? session, Agent agent) =>
        TryParse(own ?? session ?? Text(agent.Configuration, Setting) ?? Queue, out var mode) && mode is not QueueMode.Followup ? mode : null;

    /// <summary>How long nothing may have come before what is collected has its turn.</summary>
    internal static TimeSpan PauseOf(JsonElement configuration) => Text(configuration, PauseSetting) is { } text && Read(text) is { } pause ? pause : DefaultPause;

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    public static string? WhyNot(JsonElement configuration) =>
        HasMember(configuration, Setting) && !(Text(configuration, Setting) is { } mode && TryParse(mode, out _))
            ? $"configuration.{Setting} must be {All}. Leave it out for followup."
        : HasMember(configuration, PauseSetting) && !(Text(configuration, PauseSetting) is { } pause && Read(pause) is not null)
            ? $"configuration.{PauseSetting} must be a time up to {LongestPause.TotalSeconds:0}s, such as 500ms or 2s. Leave it out for {DefaultPause.TotalMilliseconds:0}ms."
        : null;

    private static TimeSpan? Read(string text)
    {
        if (Pause().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var count = int.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var pause = match.Groups["unit"].ValueSpan is "ms" ? TimeSpan.FromMilliseconds(count) : TimeSpan.FromSeconds(count);
        return pause <= LongestPause ? pause : null;
    }

    private static bool HasMember(JsonElement configuration, string name) => ForeignJson.Member(configuration, name) is not null;

    private static string? Text(JsonElement configuration, string name) => ForeignJson.Member(configuration, name) is { } value ? ForeignJson.Text(value) : null;

    [GeneratedRegex("^(?<count>[0-9]{1,5})(?<unit>ms|s)$")]
    private static partial Regex Pause();
}
