using System.Globalization;
using System.Text.Json;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>
/// One turn, on one connection: a gateway that was restarted has forgotten its runs, and must be asked what became of the
/// turn before it is given the turn again. The run id is the turn's key; the gateway keeps what came of an id, so after a
/// failed run the next one is <c>{key}:2</c>.
/// </summary>
internal sealed class UpstreamTurn(UpstreamConnection link, UpstreamGateway bridge, RuntimeAgent agent, Turn turn, TimeProvider time)
{
    private const int MaxRuns = 16;
    private const int HistoryLimit = 100;
    private const int MostChars = 500_000;

    private static readonly TimeSpan WaitFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // A restarted gateway was seen to take up what it had interrupted within half a minute.
    private static readonly TimeSpan TakesUp = TimeSpan.FromSeconds(90);

    private readonly string _sessionKey = UpstreamSessions.KeyOf(agent, turn);
    private readonly string[] _runIds = [turn.IdempotencyKey, .. Enumerable.Range(2, MaxRuns - 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"{turn.IdempotencyKey}:{number}"))];
    private string _said = "";
    private Action? _alive;

    /// <summary>The run that is under way; null when there is none.</summary>
    public string? UnderWay { get; private set; }

    public string SessionKey => _sessionKey;

    /// <exception cref="StepFailedException">It failed, or has shown no life for as long as its agent allows.</exception>
    public async Task<TurnReply> RunAsync(CancellationToken cancellationToken)
    {
        if (turn.Limits.Idle is not { } idle)
        {
            return await TakeAsync(cancellationToken);
        }

        using var silence = new CancellationTokenSource(idle, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        _alive = () => silence.CancelAfter(idle);
        try
        {
            return await TakeAsync(enough.Token);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepFailedException(TurnClock.TimedOut, $"The OpenClaw gateway told nothing of the turn for {idle}, which is as long as configuration.{TurnLimits.IdleSetting} allows, and it was ended.") { NonRetryable = true };
        }
    }

    private async Task<TurnReply> TakeAsync(CancellationToken cancellationToken)
    {
        var story = turn.IsRepeated ? await FollowAsync(cancellationToken) : null;
        if (story?.Reply is { } said)
        {
            return Reply(said, usage: null);
        }

        if (story is { IsAborted: true })
        {
            throw Aborted();
        }

        foreach (var runId in _runIds.Skip(story?.Tries ?? 0))
        {
            if (await AskAsync(runId, cancellationToken) is { } reply)
            {
                return reply;
            }
        }

        throw new StepFailedException("openclaw_turn_failed", $"The OpenClaw gateway failed {MaxRuns} runs of this turn. Its log says why.");
    }

    // Waits for as long as the gateway works on the turn.
    private async Task<TurnStory> FollowAsync(CancellationToken cancellationToken)
    {
        using var following = Follow(_runIds);
        for (var seen = time.GetTimestamp(); ;)
        {
            var history = await link.CallAsync("chat.history", ProtocolJson.Element(new ChatHistoryParams(_sessionKey, HistoryLimit, MostChars)), cancellationToken);
            var story = TurnStory.Read(ProtocolJson.Read<KnownHistory>(history), _runIds);
            if (story.Tries == 0 || story.Reply is not null || !story.IsOpen || time.GetElapsedTime(seen) > TakesUp)
            {
                return story;
            }

            if (story.RunUnderWay is { } runId)
            {
                UnderWay = runId;
                await WaitAsync(runId, cancellationToken);
                seen = time.GetTimestamp();
            }
            else
            {
                await Task.Delay(LookAgain, time, cancellationToken);
            }
        }
    }

    // Null: the gateway knows the run from before, and it came to nothing.
    private async Task<TurnReply?> AskAsync(string runId, CancellationToken cancellationToken)
    {
        using var following = Follow(runId);
        UnderWay = runId;
        while (true)
        {
            var answer = await BeginAsync(runId, cancellationToken);
            if (answer is null)
            {
                return null;
            }

            if (answer.Last is { } last)
            {
                return Read(await last.WaitAsync(cancellationToken)) ?? throw Aborted();
            }

            if (UpstreamRequests.StatusOf(answer.Payload) != "in_flight")
            {
                return Read(answer.Payload);
            }

            while (!await WaitAsync(runId, cancellationToken))
            {
            }
        }
    }

    private async Task<GatewayAnswer?> BeginAsync(string runId, CancellationToken cancellationToken)
    {
        var model = UpstreamSessions.ModelOf(agent.Model);
        var asked = new AgentParams(turn.Message, runId, agent.RuntimeId!, _sessionKey, Deliver: false, (int)turn.Limits.Longest.TotalSeconds, model, string.IsNullOrWhiteSpace(agent.Persona) ? null : agent.Persona);
        try
        {
            return await link.BeginRunAsync(ProtocolJson.Element(asked), cancellationToken);
        }
        catch (GatewayRefusedException refusal) when (refusal.Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty("runId", out var known) && ForeignJson.Is(known, runId))
        {
            return null;
        }
    }

    // Whether the run has ended.
    private async Task<bool> WaitAsync(string runId, CancellationToken cancellationToken) =>
        UpstreamRequests.StatusOf(await link.CallAsync("agent.wait", ProtocolJson.Element(new AgentWaitParams(runId, (int)WaitFor.TotalMilliseconds)), cancellationToken)) != "timeout";

    private TurnReply? Read(JsonElement payload)
    {
        var ended = ProtocolJson.Read<RunEnded>(payload);
        var usage = ended.Result?.Meta?.AgentMeta?.Usage;
        return ended.Status == "ok"
            ? Reply(string.Join('\n', (ended.Result?.Payloads ?? []).Select(part => part?.Text).Where(text => !string.IsNullOrEmpty(text))), usage is null ? null : new TurnUsage(usage.Input, usage.Output))
            : null;
    }

    private static StepFailedException Aborted() => new("openclaw_run_aborted", "The run was aborted at the OpenClaw gateway.");

    // The gateway keeps an agent's word for having nothing to say to itself.
    private TurnReply Reply(string text, TurnUsage? usage) => new(text.Length == 0 && turn.Kind is TurnKind.Heartbeat ? HeartbeatReply.AllWell : text, usage);

    private Followed Follow(params string[] runIds) => new([.. runIds.Select(runId => bridge.Follow(runId, Grow))]);

    private void Grow(AgentEvent told)
    {
        _alive?.Invoke();
        if (turn.Growing is not { } growing || told.Stream != "assistant")
        {
            return;
        }

        // Some have no text, such as those of a picture.
        if (ProtocolJson.Read<AssistantData>(told.Data) is not { Text: { } text, Delta: { } delta })
        {
            return;
        }

        // Who comes to a run that is under way is told all of it; behind a tool's result the text begins anew.
        growing.Report(text.StartsWith(_said, StringComparison.Ordinal) ? text[_said.Length..] : delta);
        _said = text;
    }

    private sealed class Followed(IReadOnlyList<IDisposable> runs) : IDisposable
    {
        public void Dispose()
        {
            foreach (var run in runs)
            {
                run.Dispose();
            }
        }
    }
}
