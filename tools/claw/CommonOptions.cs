using System.CommandLine;

namespace OpenClaw.Claw;

/// <summary>What several commands take.</summary>
internal static class CommonOptions
{
    /// <summary>Of an example: a uuid that there is not.</summary>
    public const string SomeId = "018f0000-0000-7000-8000-000000000000";

    public static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Ask nobody." };
    public static readonly Option<int> Limit = new("--limit", "-n") { Description = "How many, up to 500.", DefaultValueFactory = _ => 50 };

    /// <summary>What is given of these as the rest of a query.</summary>
    public static string Query(params (string Name, string? Value)[] filters) =>
        string.Concat(filters.Where(filter => filter.Value is not null).Select(filter => $"&{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
}
