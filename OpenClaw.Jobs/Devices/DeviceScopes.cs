namespace OpenClaw.Jobs.Devices;

/// <summary>Which scopes hold which, and which belong to a role.</summary>
public static class DeviceScopes
{
    public const string Operator = "operator";
    public const string Node = "node";
    public const string Admin = "operator.admin";
    public const string Write = "operator.write";
    public const string Read = "operator.read";
    public const string Pairing = "operator.pairing";

    private static readonly HashSet<string> Known =
        [Admin, Read, Write, Pairing, "operator.approvals", "operator.questions", "operator.sessions.read", "operator.sessions.write", "operator.talk", "operator.talk.secrets"];

    // What writing implies.
    private static readonly string[] OfWriting = [Read, "operator.talk", "operator.sessions.read", "operator.sessions.write"];

    /// <summary>Whether the protocol has such a scope of operators.</summary>
    public static bool IsKnown(string scope) => Known.Contains(scope);

    /// <summary>Each once, in order, with those that they imply.</summary>
    public static string[] Normalize(IEnumerable<string> scopes)
    {
        var all = scopes.Select(scope => scope.Trim()).Where(scope => scope.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (all.Contains(Admin))
        {
            all.UnionWith([Read, Write]);
        }
        else if (all.Contains(Write))
        {
            all.Add(Read);
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    /// <summary>The first of the scopes that is not held; null when all are.</summary>
    public static string? Missing(string role, IEnumerable<string> asked, IReadOnlyCollection<string> held) => asked.FirstOrDefault(scope => role == Operator
        ? !(scope.StartsWith("operator.", StringComparison.Ordinal) && (held.Contains(scope) || held.Contains(Admin) || (held.Contains(Write) && OfWriting.Contains(scope))))
        : !(scope.StartsWith($"{role}.", StringComparison.Ordinal) && held.Contains(scope)));

    public static bool Allow(string role, IEnumerable<string> asked, IReadOnlyCollection<string> held) => Missing(role, asked, held) is null;

    /// <summary>Those that a token of the role may hold.</summary>
    public static string[] Of(string role, IEnumerable<string> scopes) =>
        [.. Normalize(scopes).Where(scope => scope.StartsWith("operator.", StringComparison.Ordinal) == (role == Operator))];
}
