namespace OpenClaw.Web.Hosting;

/// <summary>
/// Where the sender of the request under way reaches us, as far as only a proxy knows it. It is ambient, so that no link,
/// redirect or cookie can be made without it.
/// </summary>
/// <param name="Path">The proxy's sub-path, such as <c>/claw</c>; empty without one.</param>
/// <param name="IsHttps">Whether cookies are for https alone: it came that way, or PUBLIC_BASE_URL says so.</param>
/// <param name="Trouble">Null when all is well.</param>
internal sealed record PublicAddress(string Path, bool IsHttps, PlainHttp? Trouble)
{
    private static readonly PublicAddress Direct = new("", IsHttps: false, Trouble: null);
    private static readonly AsyncLocal<PublicAddress?> Ambient = new();

    public static PublicAddress Current
    {
        get => Ambient.Value ?? Direct;
        set => Ambient.Value = value;
    }

    /// <summary>What a cookie of ours is for: everything of ours, and nothing beside it on the same host.</summary>
    public string CookiePath => Path.Length == 0 ? "/" : Path;

    /// <summary>An address of ours as the sender must write it.</summary>
    /// <param name="path">As the service itself serves it; begins with a slash.</param>
    public static string Of(string path) => Current.Path + path;

    /// <summary>A cookie for whatever page of ours.</summary>
    public static CookieOptions Cookie(TimeSpan? maxAge = null) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = Current.CookiePath,
        Secure = Current.IsHttps,
        MaxAge = maxAge,
    };
}

/// <summary>Why a sign-in over plain http does not last, or is not possible, where PUBLIC_BASE_URL begins with https.</summary>
/// <param name="Text">What is wrong and what to do, for people.</param>
/// <param name="Home">Where PUBLIC_BASE_URL says that we are.</param>
/// <param name="MaySignIn">False when it is certain that the token would travel in the clear, and that no session would last.</param>
internal sealed record PlainHttp(string Text, string Home, bool MaySignIn);
