using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>How long a turn may take, and for how long it may show no life.</summary>
/// <param name="Longest">From when it has its place.</param>
/// <param name="Idle">Without anything from who answers; null for what its runtime has for all agents.</param>
public sealed partial record TurnLimits(TimeSpan Longest, TimeSpan? Idle = null)
{
    /// <summary>In an agent's configuration: how long a turn may take, such as <c>4h</c>.</summary>
    public const string Setting = "turn_timeout";

    /// <summary>In an agent's configuration: for how long a turn may show no life, such as <c>10m</c>.</summary>
    public const string IdleSetting = "turn_idle_timeout";

    /// <summary>What may be set is one second to this. A message waits and is answered within a day.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromHours(12);

    /// <summary>Of an agent that says nothing.</summary>
    public static readonly TurnLimits Default = new(TimeSpan.FromHours(1));

    public static TurnLimits Of(JsonElement configuration) => new(Read(configuration, Setting) ?? Default.Longest, Read(configuration, IdleSetting));

    /// <summary>The same for a message that names its own time.</summary>
    public TurnLimits Within(TimeSpan? own) => own is { } longest ? this with { Longest = longest } : this;

    /// <summary>Whether a time may be a limit.</summary>
    public static bool IsLimit(TimeSpan time) => time >= TimeSpan.FromSeconds(1) && time <= Most;

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    public static string? WhyNot(JsonElement configuration) => Array.Find([Setting, IdleSetting], name => ForeignJson.Member(configuration, name) is not null && Read(configuration, name) is null) is { } wrong
        ? $"configuration.{wrong} must be a time from 1s to {Most.TotalHours:0}h, such as 90s, 30m or 4h. Leave it out for {(wrong == Setting ? $"{Default.Longest.TotalHours:0}h" : "what the service has for all agents")}."
        : null;

    /// <summary>The sentence for whose turn took too long.</summary>
    public string WhyEnded => $"The agent's turn took longer than {Describe(Longest)} and was ended. Give it smaller tasks or, with configuration.{Setting}, more time; resume the workflow to have it try again.";

    private static string Describe(TimeSpan time) => time.Ticks % TimeSpan.TicksPerHour == 0 ? $"{time.TotalHours:0} h" : time.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0} s";

    private static TimeSpan? Read(JsonElement configuration, string name)
    {
        if (ForeignJson.Member(configuration, name) is not { ValueKind: JsonValueKind.String } text || Time().Match(text.GetString()!) is not { Success: true } match)
        {
            return null;
        }

        var count = int.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var time = match.Groups["unit"].ValueSpan switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromHours(count),
        };
        return IsLimit(time) ? time : null;
    }

    [GeneratedRegex("^(?<count>[0-9]{1,6})(?<unit>[smh])$")]
    private static partial Regex Time();
}
