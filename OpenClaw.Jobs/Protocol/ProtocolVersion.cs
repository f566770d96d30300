namespace OpenClaw.Jobs.Protocol;

/// <summary>Versions of the wire that we speak.</summary>
public static class ProtocolVersion
{
    public const int Oldest = 3;
    public const int Newest = 4;

    /// <summary>The newest that both sides speak; null when there is none.</summary>
    public static int? Agree(int min, int max) => min <= Newest && max >= Oldest && min <= max ? Math.Min(Newest, max) : null;
}
