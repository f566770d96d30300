using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Upstream;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Health;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Status;

/// <param name="Connected">Whether this node is connected to the OpenClaw gateway.</param>
/// <param name="ConnectionState">disconnected, connecting, connected, reconnecting, pairing or failed.</param>
/// <param name="ConnectionDetail">The same in a sentence, with what to do if it is not well.</param>
/// <param name="GatewayUrl">The gateway that is configured; null when none is.</param>
/// <param name="WhatsappSession">The gateway's own WhatsApp: linked or unlinked; null when it has none, or while there is no connection.</param>
/// <param name="UptimeSeconds">How long this process has run.</param>
/// <param name="LastCommand">What any node last asked the gateway to do; null when there was nothing.</param>
/// <param name="CommandHistory">The last ten of them, newest first; empty unless include_history is true.</param>
public sealed record OpenClawStatusResponse(
    bool Connected, string ConnectionState, string ConnectionDetail, string? GatewayUrl, string? WhatsappSession, double UptimeSeconds,
    BridgeCommandResponse? LastCommand, IReadOnlyList<BridgeCommandResponse> CommandHistory);

/// <param name="Method">The gateway's method: agent, agents.create or agents.delete.</param>
/// <param name="Agent">The name of the agent that it was about.</param>
/// <param name="Succeeded">Whether it did.</param>
/// <param name="Error">Why not; null when it succeeded.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="EndedAt">When it had.</param>
/// <param name="Node">Who asked.</param>
public sealed record BridgeCommandResponse(string Method, string Agent, bool Succeeded, string? Error, double DurationMs, DateTimeOffset EndedAt, string Node)
{
    internal static BridgeCommandResponse From(UpstreamCommand command) => new(
        command.Method, command.Agent, command.Error is null, command.Error, Math.Round(command.Duration.TotalMilliseconds), command.EndedAt, command.Node);
}

/// <summary>How we stand with an OpenClaw gateway.</summary>
internal static class StatusEndpoints
{
    public static void MapOpenClawStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/openclaw/status", Get).OfHouseAlone().WithTags("OpenClaw").WithSummary("Tell how the connection to an OpenClaw gateway stands")
            .Produces<OpenClawStatusResponse>().ProducesProblems(400, 401, 503);

    private static async Task<Ok<OpenClawStatusResponse>> Get([FromQuery(Name = "include_history")] bool? includeHistory, OpenClawStatusReading status, CancellationToken cancellationToken) =>
        TypedResults.Ok(await status.ReadAsync(includeHistory is true, cancellationToken));
}

/// <summary>Reads how this node stands with the gateway, and what any has asked it.</summary>
internal sealed class OpenClawStatusReading(UpstreamGateway bridge, UpstreamSettings settings, UpstreamCommands commands, Uptime uptime)
{
    public async Task<OpenClawStatusResponse> ReadAsync(bool includeHistory, CancellationToken cancellationToken)
    {
        var status = bridge.Status;
        BridgeCommandResponse[] history = [.. (await commands.ReadAsync(cancellationToken)).Select(BridgeCommandResponse.From)];
        return new OpenClawStatusResponse(
            status.IsConnected, EnumText.ToLower(status.State), status.Detail, settings.Address, status.WhatsAppSession, uptime.Seconds, history.FirstOrDefault(), includeHistory ? history : []);
    }
}
