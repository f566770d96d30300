using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Requests;

/// <summary>
/// Whose agents, messages, workflows, notices and budgets there are. An owner is a team: nothing of one is shown to another.
/// There is no list of them: one begins to exist with its first key, or the first person whose group stands for it.
/// </summary>
public static partial class Owners
{
    /// <summary>Who runs the service, and whoever shows its token. Its admins let devices in, set prices and make keys of other owners.</summary>
    public const string House = "admin";

    /// <summary>Characters of an owner's name.</summary>
    public const int MaxName = 40;

    /// <summary>What a name looks like, for people.</summary>
    public const string Rule = "lower-case letters, digits and hyphens, 1 to 40, with a letter first and no hyphen at the end";

    /// <summary>Whether an owner may be called so. It stands in addresses (<c>owner:NAME</c>), which know no other characters.</summary>
    public static bool IsName(string text) => text.Length <= MaxName && Name().IsMatch(text);

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
