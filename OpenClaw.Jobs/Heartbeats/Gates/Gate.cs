namespace OpenClaw.Jobs.Heartbeats.Gates;

/// <summary>Something that is looked at before a beat asks its agent: only when a gate is open is the agent asked.</summary>
public abstract record Gate
{
    /// <summary>Under which what was seen is kept: another setting is another name.</summary>
    public abstract string Name { get; }
}

/// <summary>Open when so many messages have come to the agent since it was last asked.</summary>
public sealed record MessagesGate(int AtLeast) : Gate
{
    public override string Name => "messages";
}

/// <summary>Open when the agent has not been asked for so long.</summary>
public sealed record EveryGate(TimeSpan Interval) : Gate
{
    public override string Name => "every";
}

/// <summary>Open when a file's size or time of change is another than when the agent was last asked.</summary>
/// <param name="Path">Below the folder of <c>GATE_FILES</c>.</param>
public sealed record FileGate(string Path) : Gate
{
    public override string Name => $"file {Path}";
}

/// <summary>Open when the first value that a query finds is another than when the agent was last asked.</summary>
/// <param name="Query">For the database of <c>GATE_DATABASE_URL</c>.</param>
public sealed record SqlGate(string Query) : Gate
{
    public override string Name => $"sql {Query}";
}

/// <summary>Open when the status or the body of an answer is another than when the agent was last asked.</summary>
public sealed record HttpGate(Uri Url) : Gate
{
    public override string Name => $"http {Url}";
}

/// <summary>Open when one of several is, or only when all are.</summary>
public sealed record GroupGate(bool NeedsAll, IReadOnlyList<Gate> Gates) : Gate
{
    public override string Name => NeedsAll ? "all" : "any";

    /// <summary>Those that look at something, at any depth.</summary>
    public IEnumerable<Gate> Leaves => Gates.SelectMany(gate => gate is GroupGate group ? group.Leaves : [gate]);
}
