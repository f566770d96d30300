using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Security.People;

/// <summary>Somebody of whom an issuer has said who it is.</summary>
/// <param name="Issuer">Who has said so.</param>
/// <param name="Subject">By what the issuer knows the person for good.</param>
/// <param name="Name">For people; null where the issuer tells none.</param>
/// <param name="Email">Null where the issuer tells none, or says that nobody has verified it.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Owner">Whose agents the person has to do with.</param>
internal sealed record Person(string Issuer, string Subject, string? Name, string? Email, PersonRole Role, string Owner)
{
    private const int MaxSubject = 255;
    private const int MaxShown = 200;
    private const string IssuerClaim = "openclaw:issuer";
    private const string SubjectClaim = "openclaw:subject";
    private const string NameClaim = "openclaw:name";
    private const string EmailClaim = "openclaw:email";
    private const string RoleClaim = "openclaw:role";

    /// <summary>Who is named in audit and events.</summary>
    public string Actor => $"person:{Email ?? Name ?? Subject}";

    /// <summary>As pages call them.</summary>
    public string Shown => Name ?? Email ?? Subject;

    /// <summary>Null for one who signed in otherwise.</summary>
    public static Person? Of(ClaimsPrincipal user) => user.FindFirstValue(IssuerClaim) is { } issuer && user.FindFirstValue(SubjectClaim) is { } subject && RoleOf(user) is { } role
        ? new Person(issuer, subject, user.FindFirstValue(NameClaim), user.FindFirstValue(EmailClaim), role, user.Identity!.Name!)
        : null;

    /// <summary>What somebody may who is signed in with a browser; null for others. A session of which nobody knows it may look.</summary>
    public static PersonRole? RoleOf(ClaimsPrincipal user) => !user.IsBrowser() ? null
        : EnumText.TryParse<PersonRole>(user.FindFirstValue(RoleClaim) ?? "", out var role) ? role
        : PersonRole.Viewer;

    /// <summary>What goes into the claims of every session.</summary>
    public static Claim ToClaim(PersonRole role) => new(RoleClaim, EnumText.ToLower(role));

    /// <summary>Of a session that is kept; null where it began with the token.</summary>
    public static Person? Of(BrowserSession session) =>
        session is { Issuer: { } issuer, Subject: { } subject } ? new Person(issuer, subject, session.Name, session.Email, session.Role, session.Owner) : null;

    /// <summary>Of what an issuer has told; null when it is nothing that could be kept.</summary>
    /// <param name="told">The claims of the id token and of the issuer's user info.</param>
    /// <param name="issuer">Which it is.</param>
    /// <param name="role">By the groups, as the owner.</param>
    /// <param name="owner">Whose agents the person has to do with.</param>
    public static Person? Of(ClaimsPrincipal told, string issuer, PersonRole role, string owner) =>
        told.FindFirstValue("sub") is { Length: > 0 and <= MaxSubject } subject && ForeignText.IsLine(subject)
            ? new Person(issuer, subject, Text(told, "name") ?? Text(told, "preferred_username"), IsVerified(told) ? Text(told, "email") : null, role, owner)
            : null;

    public IEnumerable<Claim> ToClaims()
    {
        yield return ToClaim(Role);
        yield return new Claim(IssuerClaim, Issuer);
        yield return new Claim(SubjectClaim, Subject);
        yield return new Claim(ClaimTypes.NameIdentifier, $"{Issuer} {Subject}");
        if (Name is not null)
        {
            yield return new Claim(NameClaim, Name);
        }

        if (Email is not null)
        {
            yield return new Claim(EmailClaim, Email);
        }
    }

    private static bool IsVerified(ClaimsPrincipal told) => told.FindFirstValue("email_verified")?.Equals("false", StringComparison.OrdinalIgnoreCase) is not true;

    private static string? Text(ClaimsPrincipal told, string claim) => ForeignText.OneLine(told.FindFirstValue(claim) ?? "", MaxShown).Trim() is { Length: > 0 } text ? text : null;
}
