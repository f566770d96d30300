using System.Security.Cryptography;
using System.Text;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.SqlDoor;

/// <summary>Decides on what was asked by SQL, through the same code as the REST API; asked again after a crash, it is the same once.</summary>
internal sealed class SqlRequestHandler(AgentService agents)
{
    public async Task<SqlOutcome> HandleAsync(SqlRequest request, CancellationToken cancellationToken)
    {
        var caller = new Caller(request.Owner, Addresses.OfRole(request.Role));
        return request.Kind == "send" ? await SendAsync(request, caller, cancellationToken) : await StartAsync(request, caller, cancellationToken);
    }

    // The sender's own id makes it once.
    private async Task<SqlOutcome> SendAsync(SqlRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var message = new NewMessage($"{request.Id}", caller.Actor, request.Content, Metadata: null);
        var decision = await agents.SendMessageAsync(request.AgentId, message, caller, key: null, cancellationToken);
        return decision.Match(accepted => new SqlOutcome(accepted.MessageId, accepted.WorkflowUuid, Refusal: null), Refused);
    }

    private async Task<SqlOutcome> StartAsync(SqlRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var key = new RequestKey(request.Owner, $"sql:{request.Id}", SHA256.HashData(Encoding.UTF8.GetBytes(request.Content)));
        var decision = await (request.Content switch
        {
            "provision_agent" => agents.ProvisionAsync(request.AgentId, caller, key, cancellationToken),
            "pause_agent" => agents.PauseAsync(request.AgentId, caller, key, cancellationToken),
            "resume_agent" => agents.ResumeAsync(request.AgentId, checkpoint: null, caller, key, cancellationToken),
            "stop_agent" => agents.StopAsync(request.AgentId, caller, key, cancellationToken),
            "heartbeat" => agents.HeartbeatAsync(request.AgentId, caller, key, cancellationToken),
            var name => throw new InvalidOperationException($"{name} is no workflow that can be asked for by SQL."),
        });
        return decision.Match(accepted => new SqlOutcome(MessageId: null, accepted.WorkflowUuid, Refusal: null), Refused);
    }

    private static SqlOutcome Refused(Refusal refusal) => new(MessageId: null, WorkflowUuid: null, $"{refusal.Code}: {refusal.Detail}");
}
