namespace OpenClaw.Jobs.Heartbeats.Gates;

/// <summary>What of the service's surroundings gates may look at. What is not set is not looked at.</summary>
public sealed record GateSettings
{
    /// <summary><c>GATE_FILES</c>: the folder whose files may be looked at, at any depth.</summary>
    public string? Files { get; init; }

    /// <summary><c>GATE_DATABASE_URL</c> as a connection string: where queries run, each read-only and for up to five seconds.</summary>
    public string? DatabaseConnection { get; init; }

    /// <summary><c>GATE_HOSTS</c>: names and addresses that may be asked although they lie in a network of one's own.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Why a gate cannot be looked at, as a sentence; null when it can.</summary>
    public string? WhyNot(Gate gate) => gate switch
    {
        FileGate when Files is null => "Gates look at files only below the folder that GATE_FILES names, and it is not set.",
        SqlGate when DatabaseConnection is null => "Gates ask only the database that GATE_DATABASE_URL names, and it is not set.",
        _ => null,
    };
}
