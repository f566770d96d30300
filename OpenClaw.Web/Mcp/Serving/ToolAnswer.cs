namespace OpenClaw.Web.Mcp.Serving;

/// <summary>What a tool says: JSON, or words.</summary>
/// <param name="Text">Bounded already.</param>
/// <param name="IsError">It was refused, or failed.</param>
internal sealed record ToolAnswer(string Text, bool IsError = false);
