using System.Text.Json;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Engine;
using OpenClaw.Web.Api.Commands;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: commands in plain words, the same as on WhatsApp.</summary>
internal sealed class CommandMethods(CommandHandler handler, CommandLog log) : IGatewayMethods
{
    private const int MaxList = 500;
    private const int DefaultList = 50;

    // What is longer than a command may be is answered so; this is what is looked at, at all.
    private const int MaxText = 65_536;

    public IEnumerable<GatewayMethod> All =>
    [
        new GatewayMethod("commands.run", Scopes.Admin, RunAsync),
        new GatewayMethod("commands.log", Scopes.Read, LogAsync),
    ];

    private async Task<JsonElement> RunAsync(GatewayCall call)
    {
        var given = call.Params("text", "idempotencyKey");
        var id = given.OptionalText("idempotencyKey") ?? Guid.CreateVersion7().ToString();
        if (id.Length == 0)
        {
            throw given.Wrong("at /idempotencyKey: must NOT have fewer than 1 characters");
        }

        var command = (await handler.RunOnceAsync(new CommandMessage(id, given.Filled("text", MaxText), call.Caller, "gateway", Contact: null), call.Cancelled)).OrThrow();
        return JsonSerializer.SerializeToElement(CommandResponse.From(command), WorkflowJson.Options);
    }

    private async Task<JsonElement> LogAsync(GatewayCall call)
    {
        var given = call.Params("limit", "before");
        var before = given.OptionalText("before") is null ? (Guid?)null : given.Uuid("before");
        var page = await log.ListAsync(before, given.Number("limit", DefaultList, 1, MaxList), call.Caller, call.Cancelled);
        return JsonSerializer.SerializeToElement(new { commands = page.Select(CommandResponse.From) }, WorkflowJson.Options);
    }
}
