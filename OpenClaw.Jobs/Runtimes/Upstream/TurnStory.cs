using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>What a conversation at the gateway tells of one turn. It survives a restart of the gateway, which forgets its runs.</summary>
/// <param name="Tries">Under how many run ids the turn stands there: 0 when the gateway has not taken it yet.</param>
/// <param name="Reply">The whole reply; null while there is none.</param>
/// <param name="RunUnderWay">The conversation's run; null when there is none.</param>
/// <param name="IsOpen">The gateway works on the conversation, or is about to take it up after its restart.</param>
internal sealed record TurnStory(int Tries, string? Reply, string? RunUnderWay, bool IsOpen)
{
    private const string Complete = "stop";

    /// <summary>Somebody has ended the turn there, and nothing has answered it since.</summary>
    public bool IsAborted { get; init; }

    /// <param name="history">The conversation.</param>
    /// <param name="runIds">All ids that the turn may have had, in order.</param>
    public static TurnStory Read(KnownHistory history, IReadOnlyList<string> runIds)
    {
        // A gateway may leave out what is empty.
        var messages = (history.Messages ?? []).OfType<KnownMessage>().ToList();
        var tries = runIds.Count(id => messages.Exists(message => message.IdempotencyKey == $"{id}:user"));
        var underWay = history.InFlightRun?.RunId;
        var open = underWay is not null || history.SessionInfo?.Status == "running";
        if (tries == 0)
        {
            return new TurnStory(0, Reply: null, underWay, open);
        }

        var since = messages.SkipWhile(message => !runIds.Any(id => message.IdempotencyKey == $"{id}:user")).ToList();
        var answers = since.Where(message => message is { Role: "assistant", StopReason: Complete, OpenclawAbort: null }).ToList();
        var own = answers.LastOrDefault(answer => answer.Mark?.RunId is { } run && runIds.Contains(run));

        // A gateway that was restarted meanwhile goes on with what was interrupted, in a run of its own.
        var reply = own ?? (open ? null : answers.LastOrDefault());
        return new TurnStory(tries, reply is null ? null : TextOf(reply.Content), underWay, open)
        {
            IsAborted = reply is null && !open && since.Exists(message => message.OpenclawAbort?.RunId is { } run && runIds.Contains(run)),
        };
    }

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => ForeignJson.Text(content)!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => part.ValueKind is JsonValueKind.Object && part.TryGetProperty("text", out var text) ? ForeignJson.Text(text) : "")),
        _ => "",
    };
}
