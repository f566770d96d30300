using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Api.Status;

/// <param name="Connected">Whether we are connected to an OpenClaw gateway.</param>
/// <param name="ConnectionState">disconnected: no bridge runs.</param>
/// <param name="GatewayUrl">The gateway that is configured; null when none is.</param>
/// <param name="WhatsappSession">The gateway's WhatsApp session; null while there is none.</param>
/// <param name="UptimeSeconds">How long this process has run.</param>
/// <param name="LastCommand">The last command that came in; null when there was none.</param>
/// <param name="CommandHistory">Commands that came in, newest first; empty unless include_history is true.</param>
public sealed record OpenClawStatusResponse(
    bool Connected, string ConnectionState, string? GatewayUrl, string? WhatsappSession, double UptimeSeconds, string? LastCommand, IReadOnlyList<string> CommandHistory);

/// <summary>How we stand with an OpenClaw gateway.</summary>
internal static class StatusEndpoints
{
    private const string Disconnected = "disconnected";

    public static void MapOpenClawStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/openclaw/status", Get).WithTags("OpenClaw").WithSummary("Tell how the connection to an OpenClaw gateway stands")
            .Produces<OpenClawStatusResponse>().ProducesProblems(400, 401);

    // Without a bridge there is no connection, no session and no command: include_history has nothing to add.
    private static Ok<OpenClawStatusResponse> Get([FromQuery(Name = "include_history")] bool? includeHistory, OpenClawOptions options, Uptime uptime) => TypedResults.Ok(new OpenClawStatusResponse(
        Connected: false, Disconnected, options.GatewayUrl?.OriginalString, WhatsappSession: null, uptime.Seconds, LastCommand: null, CommandHistory: []));
}
