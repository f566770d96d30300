namespace OpenClaw.Jobs.Requests;

/// <summary>Who asks.</summary>
/// <param name="Owner">Whose agents and workflows these are.</param>
/// <param name="Actor">Who is named in audit and events, e.g. <c>api</c>.</param>
public sealed record Caller(string Owner, string Actor);
