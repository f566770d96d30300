namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>What came from a model server.</summary>
/// <param name="Name">Of the event; null where it has none.</param>
/// <param name="Data">Null for a sign of life: bytes that were no event, such as a comment that keeps the connection open.</param>
/// <param name="IsWhole">The answer is this one document, and no stream.</param>
internal readonly record struct ServerEvent(string? Name, byte[]? Data, bool IsWhole = false)
{
    public static readonly ServerEvent Life;
}
