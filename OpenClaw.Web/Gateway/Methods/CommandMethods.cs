using System.Text.Json;
using OpenClaw.Jobs.Orchestration;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Web.Api.Commands;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: commands in plain words, the same as on WhatsApp.</summary>
internal sealed class CommandMethods(CommandDesk desk, CommandLog log) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;
    private const int MaxKey = 255;

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("commands.run", Scopes.Admin, RunAsync),
        new GatewayMethod("commands.list", Scopes.Read, ListAsync),
    ];

    private async Task<JsonElement> RunAsync(GatewayCall call)
    {
        var given = call.Params("text", "idempotencyKey");
        var id = given.OptionalText("idempotencyKey") is { Length: > 0 and <= MaxKey } key ? key : Guid.CreateVersion7().ToString();
        var command = await desk.RunAsync(new CommandMessage(id, given.Filled("text"), call.Caller, "gateway", Contact: null), call.Cancelled);
        return JsonSerializer.SerializeToElement(CommandResponse.From(command), WorkflowJson.Options);
    }

    private async Task<JsonElement> ListAsync(GatewayCall call)
    {
        var given = call.Params("limit", "before");
        var before = given.OptionalText("before") is null ? (Guid?)null : given.Uuid("before");
        var page = await log.ListAsync(before, given.Number("limit", DefaultList, 1, MaxList), call.Caller, call.Cancelled);
        return JsonSerializer.SerializeToElement(new { commands = page.Select(CommandResponse.From) }, WorkflowJson.Options);
    }
}
