namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>The OpenClaw gateway that <c>openclaw/…</c> agents run on.</summary>
/// <param name="Gateway">Its WebSocket; null when there is none, and then there is no bridge.</param>
/// <param name="Token">What it knows us by.</param>
public sealed record UpstreamSettings(Uri? Gateway, string? Token)
{
    /// <summary>Files of this node; null for none, and then we prove no device.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Who is told that somebody has to let us in.</summary>
    public string Owner { get; init; } = "admin";

    /// <summary>For people: without a name and password before its @, and keys behind its ?.</summary>
    public string? Address => Gateway?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
