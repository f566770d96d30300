namespace OpenClaw.Data.Agents;

/// <summary>When an agent's heart may beat, every day.</summary>
/// <param name="Start"><c>HH:MM</c>, inclusive.</param>
/// <param name="End"><c>HH:MM</c>, exclusive; <c>24:00</c> is the end of the day. Before <paramref name="Start"/>, the hours span midnight.</param>
/// <param name="TimeZone">An IANA name such as <c>Europe/Berlin</c>; null for UTC.</param>
public sealed record ActiveHours(string Start, string End, string? TimeZone);
