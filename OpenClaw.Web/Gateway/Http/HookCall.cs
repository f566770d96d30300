namespace OpenClaw.Web.Gateway.Http;

/// <summary>What a call from outside asks for.</summary>
/// <param name="Hook">Its name: <c>wake</c>, <c>agent</c>, or the one of a mapping.</param>
/// <param name="Text">What the agent is told.</param>
internal sealed record HookCall(string Hook, string Text)
{
    /// <summary>Null for the default agent, or for whose the session is.</summary>
    public string? AgentId { get; init; }

    public string? SessionKey { get; init; }

    /// <summary>A turn in a conversation of its own unless the call names one; otherwise in the agent's main one.</summary>
    public bool IsApart { get; init; }

    /// <summary>For people: who calls.</summary>
    public string? Name { get; init; }

    /// <summary>The model that the caller takes the agent to have; null when it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Of a wake: <c>now</c> or <c>next-heartbeat</c>; both are a turn at once.</summary>
    public string Mode { get; init; } = "now";

    /// <summary>The caller's own; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long the answer waits for the agent's; null when it does not.</summary>
    public TimeSpan? WaitsFor { get; init; }
}
