using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Agents as the protocol has them. Creating one provisions it durably; what is accepted is done, whatever happens.</summary>
internal sealed class AgentMethods(AgentService service, AgentQueries agents, AgentLookup names, DefaultModel model, TargetResolver targets) : IGatewayMethods
{
    private const int MaxList = 500;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("agents.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("agents.create", Scopes.Admin, CreateAsync),
        GatewayMethod.Of("agents.update", Scopes.Admin, UpdateAsync),
        GatewayMethod.Of("agents.delete", Scopes.Admin, DeleteAsync),
        GatewayMethod.Of("agent.identity.get", Scopes.Read, IdentityAsync),
    ];

    private async Task<AgentList> ListAsync(GatewayCall call)
    {
        call.Params();
        var main = await names.FindAsync(AgentLookup.Main, call.Caller, call.Cancelled);
        var page = await agents.NotStoppedAsync(MaxList, call.Caller, call.Cancelled);
        return new AgentList(
            main is null ? AgentLookup.Main : AgentLookup.Of(main), AgentLookup.Main, "per-sender",
            [.. page.Select(agent => new AgentRow(AgentLookup.Of(agent), agent.Name, new AgentModel(agent.Model), agent.Id, EnumText.ToLower(agent.Status)))]);
    }

    private async Task<AgentCreated> CreateAsync(GatewayCall call)
    {
        var given = call.Params("name", "workspace", "model", "emoji", "avatar", "persona", "idempotencyKey");
        var name = given.Filled("name");
        var agent = new NewAgent(name, given.OptionalText("persona", AgentRules.MaxPersonaLength), given.OptionalText("model") ?? model.Name, null, null, null, null, null);
        var started = (await service.CreateAndProvisionAsync(agent, call.Caller, Key(call, given, name), call.Cancelled)).OrThrow();
        var created = await agents.FindAsync(started.AgentId, call.Caller, call.Cancelled);
        return new AgentCreated(true, AgentLookup.Of(created!), name, started.WorkflowUuid);
    }

    private async Task<AgentUpdated> UpdateAsync(GatewayCall call)
    {
        var given = call.Params("agentId", "name", "workspace", "model", "emoji", "avatar", "persona");
        var agent = await targets.AgentAsync(given.Filled("agentId"), call.Caller, call.Cancelled);
        var settings = new AgentSettings(given.OptionalText("name"), given.OptionalText("persona", AgentRules.MaxPersonaLength), given.OptionalText("model"), null, null, null, null, null);
        (await service.UpdateSettingsAsync(agent.Id, settings, call.Caller, call.Cancelled)).OrThrow();
        return new AgentUpdated(true, AgentLookup.Of(agent));
    }

    private async Task<AgentDeleted> DeleteAsync(GatewayCall call)
    {
        var given = call.Params("agentId", "deleteFiles", "purgeState");
        var agent = await targets.AgentAsync(given.Filled("agentId"), call.Caller, call.Cancelled);
        var started = (await service.StopAsync(agent.Id, call.Caller, key: null, call.Cancelled)).OrThrow();
        return new AgentDeleted(true, AgentLookup.Of(agent), started.WorkflowUuid);
    }

    private async Task<AgentIdentity> IdentityAsync(GatewayCall call)
    {
        var given = call.Params("agentId", "sessionKey");
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.OptionalText("sessionKey"), call);
        return new AgentIdentity(AgentLookup.Of(target.Agent), target.Agent.Name, "config");
    }

    private static RequestKey? Key(GatewayCall call, GatewayParams given, string name) => given.OptionalText("idempotencyKey") is { Length: > 0 } key
        ? new RequestKey(call.Caller.Owner, $"gateway:{key}", System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"agents.create:{name}")))
        : null;
}
