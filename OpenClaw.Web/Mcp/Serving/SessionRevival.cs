using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>
/// Lets a client go on with a session that this process does not know, because it was begun before a restart or on another
/// node: nothing of ours is kept in a session. What the client can do is not known any more, so that it is asked nothing.
/// </summary>
internal sealed class SessionRevival : ISessionMigrationHandler
{
    private const string VersionHeader = "MCP-Protocol-Version";

    // Before clients said the version with each request.
    private const string Oldest = "2025-03-26";

    // As the package makes them, 128 bits in base64url.
    private const int IdLength = 22;

    public ValueTask OnSessionInitializedAsync(HttpContext context, string sessionId, InitializeRequestParams initializeParams, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<InitializeRequestParams?> AllowSessionMigrationAsync(HttpContext context, string sessionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(HttpMethods.IsPost(context.Request.Method) && IsOurs(sessionId) ? Unknown(context.Request) : null);

    private static bool IsOurs(string id) => id.Length == IdLength && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static InitializeRequestParams Unknown(HttpRequest request) => new()
    {
        ProtocolVersion = request.Headers[VersionHeader].ToString() is { Length: > 0 } version ? version : Oldest,
        Capabilities = new ClientCapabilities(),
        ClientInfo = new Implementation { Name = "unknown", Version = "0" },
    };
}
