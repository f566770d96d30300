namespace OpenClaw.Web.Security.Keys;

/// <summary>What a key may be allowed. Each is stored by its name: never rename one.</summary>
internal static class KeyScopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";
    public const string Hooks = "hooks";
    public const string Runtime = "runtime";
    public const string Metrics = "metrics";

    /// <summary>With what each allows, for people.</summary>
    public static readonly IReadOnlyList<(string Name, string Allows)> All =
    [
        (Read, "see what there is"),
        (Write, "change it, and all of read, hooks and runtime"),
        (Admin, "everything, keys and Hangfire's pages among it"),
        (Hooks, "POST /hooks/… alone"),
        (Runtime, "serve agents on session/… by the gateway"),
        (Metrics, "GET /metrics alone"),
    ];

    public static bool IsKnown(string scope) => All.Any(known => known.Name == scope);

    public static bool Allows(IReadOnlyCollection<string> granted, string needed) => granted.Contains(needed) || granted.Contains(Admin)
        || (needed is Read or Hooks or Runtime && granted.Contains(Write));
}
