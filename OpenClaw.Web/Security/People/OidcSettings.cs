using System.Security.Cryptography;
using System.Text;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.People;

/// <summary><c>OIDC_…</c>: the issuer of OpenID Connect by which people sign in, and what its groups may do.</summary>
public sealed record OidcSettings
{
    /// <summary>The claim with the groups where nobody names another.</summary>
    public const string DefaultGroupsClaim = "groups";

    private const string Everybody = "*";
    private const string OpenId = "openid";
    private const int MaxName = 255;

    private static readonly string[] DefaultScopes = [OpenId, "profile", "email"];

    /// <summary><c>OIDC_ISSUER</c>: its address, as it calls itself. Unset: people have the token alone.</summary>
    public Uri? Issuer { get; init; }

    /// <summary><c>OIDC_CLIENT_ID</c>: the name by which it knows this service.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>OIDC_CLIENT_SECRET</c>: what proves to it that it is this service which asks.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>OIDC_SCOPES</c>: what it is asked for, beside <c>openid</c>. Default <c>profile email</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary><c>OIDC_GROUPS_CLAIM</c>: where it tells the groups of a person. Default <c>groups</c>.</summary>
    public string? GroupsClaim { get; init; }

    /// <summary><c>OIDC_VIEWERS</c>: groups whose members may look; <c>*</c> for everybody whom it knows.</summary>
    public IReadOnlyList<string> Viewers { get; init; } = [];

    /// <summary><c>OIDC_OPERATORS</c>: groups whose members may change things.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary><c>OIDC_ADMINS</c>: groups whose members may do everything.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary><c>OIDC_OWNERS</c>: groups that stand for an owner of their own, as <c>group=owner</c>. Who is in none of them is of the house.</summary>
    public IReadOnlyList<(string Group, string Owner)> Owners { get; init; } = [];

    /// <summary>Whether people sign in by it.</summary>
    public bool IsOn => Issuer is not null;

    internal IEnumerable<string> AskedScopes => Scopes.Count == 0 ? DefaultScopes : Scopes.Prepend(OpenId).Distinct();

    internal string AskedClaim => GroupsClaim ?? DefaultGroupsClaim;

    internal static OidcSettings Read(SettingsReader settings) => new()
    {
        Issuer = settings.Url("OIDC_ISSUER", "https", "http"),
        ClientId = settings.Text("OIDC_CLIENT_ID", "the id of a client, in a line", ForeignText.IsLine),
        ClientSecret = settings.Secret("OIDC_CLIENT_SECRET"),
        Scopes = ReadScopes(settings),
        GroupsClaim = settings.Text("OIDC_GROUPS_CLAIM", "the name of a claim, in a line", ForeignText.IsLine),
        Viewers = ReadGroups(settings, "OIDC_VIEWERS"),
        Operators = ReadGroups(settings, "OIDC_OPERATORS"),
        Admins = ReadGroups(settings, "OIDC_ADMINS"),
        Owners = [.. settings.List("OIDC_OWNERS", $"a group and the owner whom it stands for, such as support=support; an owner's name is {Jobs.Requests.Owners.Rule}", text => ReadOwner(text) is not null).Select(ReadOwner).OfType<(string, string)>()],
    };

    /// <summary>What is wrong with them together, each as a sentence.</summary>
    internal IEnumerable<string> Problems()
    {
        (string Name, bool IsSet)[] needed = [("OIDC_ISSUER", Issuer is not null), ("OIDC_CLIENT_ID", ClientId is not null), ("OIDC_CLIENT_SECRET", ClientSecret is not null)];
        var groups = Viewers.Count + Operators.Count + Admins.Count;
        if (!needed.Any(setting => setting.IsSet) && groups + Scopes.Count + Owners.Count == 0 && GroupsClaim is null)
        {
            yield break;
        }

        foreach (var (name, _) in needed.Where(setting => !setting.IsSet))
        {
            yield return $"{name} is not set, but another of OpenID Connect's is. Set all of {string.Join(", ", needed.Select(all => all.Name))}, or nothing that begins with OIDC_.";
        }

        if (groups == 0)
        {
            yield return "OIDC_VIEWERS, OIDC_OPERATORS and OIDC_ADMINS name no group, so that nobody could sign in by OIDC_ISSUER. Name groups in one of them, or * for everybody whom the issuer knows.";
        }

        if (Issuer is { Query.Length: > 0 } or { Fragment.Length: > 0 } or { UserInfo.Length: > 0 })
        {
            yield return "OIDC_ISSUER has more than a host and a path. It is what the issuer's /.well-known/openid-configuration has as \"issuer\".";
        }
    }

    /// <summary>The most that one of the groups may; null for those whom nobody has named.</summary>
    internal PersonRole? RoleOf(IReadOnlyCollection<string> groups) =>
        Has(Admins, groups) ? PersonRole.Admin
        : Has(Operators, groups) ? PersonRole.Operator
        : Has(Viewers, groups) ? PersonRole.Viewer
        : null;

    /// <summary>Of the first group that stands for one.</summary>
    internal string OwnerOf(IReadOnlyCollection<string> groups) => Owners.Where(pair => groups.Contains(pair.Group)).Select(pair => pair.Owner).FirstOrDefault() ?? Jobs.Requests.Owners.House;

    /// <summary>Goes into each session; with another issuer, other groups or another token all sessions of people end.</summary>
    internal string Stamp(AuthToken token)
    {
        string[] parts = [token.SessionStamp, $"{Issuer}", $"{ClientId}", AskedClaim, .. Viewers, "/", .. Operators, "/", .. Admins, .. Owners.Select(pair => $"/{pair.Group}={pair.Owner}")];
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    private static bool Has(IReadOnlyList<string> named, IReadOnlyCollection<string> groups) => named.Any(name => name == Everybody || groups.Contains(name));

    // A group's name may have an equals sign, as those of a directory do; an owner's has none.
    private static (string Group, string Owner)? ReadOwner(string text) =>
        text.LastIndexOf('=') is > 0 and <= MaxName and var at && ForeignText.IsLine(text) && Jobs.Requests.Owners.IsName(text[(at + 1)..]) ? (text[..at], text[(at + 1)..]) : null;

    private static IReadOnlyList<string> ReadGroups(SettingsReader settings, string name) =>
        settings.List(name, $"the name of a group, of up to {MaxName} characters in a line, or * for everybody", group => group.Length <= MaxName && ForeignText.IsLine(group));

    // Spaces between them as in the protocol, or commas as in other settings.
    private static IReadOnlyList<string> ReadScopes(SettingsReader settings) =>
        [.. (settings.Text("OIDC_SCOPES", "scopes such as profile email, with spaces between them", text => text.All(c => c is >= ' ' and <= '~' and not ('"' or '\\'))) ?? "")
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
