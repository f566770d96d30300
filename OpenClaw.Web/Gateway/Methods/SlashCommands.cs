using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Messages that begin with a slash and are meant for the gateway: it answers them itself, and the agent is not told. Any other goes to the agent as it is.</summary>
internal sealed class SlashCommands(UsageQueries usages, SessionRows rows, QueueCommand queue)
{
    private const string Text = "text";

    private static readonly SlashCommandEntry[] Known =
    [
        new("help", ["/help"], "What can be written here", "status", "native", Text, AcceptsArgs: false),
        new("commands", ["/commands"], "The same", "status", "native", Text, AcceptsArgs: false),
        new("status", ["/status"], "How the agent of this conversation is", "status", "native", Text, AcceptsArgs: false),
        new("usage", ["/usage"], "What the agent has read and written", "status", "native", Text, AcceptsArgs: true),
        new("compact", ["/compact"], "Make room in what the model reads", "session", "native", Text, AcceptsArgs: true),
        new("queue", ["/queue"], "What becomes of messages while the agent is at work", "session", "native", Text, AcceptsArgs: true),
        new("stop", ["/stop", "/abort"], "End what the agent is doing", "session", "native", Text, AcceptsArgs: false),
    ];

    public static SlashCommandList List { get; } = new(Known);

    /// <summary>The gateway's own answer; null for what the agent is to be told.</summary>
    public async Task<string?> AnswerAsync(string text, RunTarget target, Caller caller, CancellationToken cancellationToken) => NameOf(text) switch
    {
        "help" or "commands" => string.Join('\n', Known.Select(command => $"{string.Join(", ", command.TextAliases)}: {command.Description}.")),
        "status" => await StatusAsync(target, caller, cancellationToken),
        "usage" => await UsageAsync(target, cancellationToken),
        "queue" => await queue.AnswerAsync(text, target, caller, cancellationToken),
        "compact" => "Nothing to compact: of a long conversation the model is shown as much as it can read, the newest part. To begin anew, reset the conversation.",
        _ => null,
    };

    // Alone, or with what it takes. The words that halt were heard before.
    private static string? NameOf(string text)
    {
        var words = text.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 0 || words[0][0] != '/' ? null
            : Array.Find(Known, command => command.TextAliases.Contains(words[0], StringComparer.OrdinalIgnoreCase) && (words.Length == 1 || command.AcceptsArgs))?.Name;
    }

    private async Task<string> StatusAsync(RunTarget target, Caller caller, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(target.SessionKey, SessionTexts.None, caller, cancellationToken) ?? rows.Unused(target);
        var context = row switch
        {
            { TotalTokens: { } used, ContextTokens: { } most } => $"{used:N0} of {most:N0} tokens",
            { TotalTokens: { } used } => $"{used:N0} tokens",
            _ => "nobody counts its tokens",
        };
        return string.Create(CultureInfo.InvariantCulture, $"""
            OpenClaw Backend {ServiceVersion.Service}
            Agent: {target.Agent.Name} ({EnumText.ToLower(target.Agent.Status)}) on {row.ModelProvider}/{row.Model}
            Session: {row.Key}{(row.HasActiveRun ? ", at work" : "")}
            Context: {context}
            """).ReplaceLineEndings("\n");
    }

    private async Task<string> UsageAsync(RunTarget target, CancellationToken cancellationToken)
    {
        var days = await usages.ReadAsync(target.Agent.Id, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {target.Agent.Name} today: {usages.TokensToday(days):N0} tokens
            Last {UsageQueries.Shown} days: {days.Sum(day => day.InputTokens):N0} read, {days.Sum(day => day.OutputTokens):N0} written, {days.Sum(day => day.Turns):N0} turns
            What they cost is not known here.
            """).ReplaceLineEndings("\n");
    }
}
