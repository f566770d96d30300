namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>commands.list</c>: what a client may offer behind a slash.</summary>
public sealed record SlashCommandList(IReadOnlyList<SlashCommandEntry> Commands);

/// <param name="Name">Without the slash.</param>
/// <param name="TextAliases">As it is written.</param>
/// <param name="Description">For people.</param>
/// <param name="Category">session or status.</param>
/// <param name="Source">native.</param>
/// <param name="Scope">text: it is a message that the gateway answers.</param>
/// <param name="AcceptsArgs">Whether something may follow.</param>
public sealed record SlashCommandEntry(
    string Name, IReadOnlyList<string> TextAliases, string Description, string Category, string Source, string Scope, bool AcceptsArgs);
