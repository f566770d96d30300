using System.Security.Cryptography;
using System.Text;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.IssueWork;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Commands;

/// <summary>Does what a command says, and tells what came of it.</summary>
public sealed class CommandActions(
    AgentService agents, SwarmReports reports, IssueWorkHandler work, WorkflowRetries retries, MuteCommand quiet, HaltCommand halt, BrakeCommand brake, DeviceCommands devices, QuestionCommands questions, DefaultModel model)
{
    /// <param name="command">What to do; it needs no code any more.</param>
    /// <param name="agent">The one that it names; null when it names none.</param>
    /// <param name="message">Whence it came.</param>
    /// <param name="cancellationToken">Gives up; what was accepted stays so.</param>
    public async Task<CommandAnswer> DoAsync(Command command, Agent? agent, CommandMessage message, CancellationToken cancellationToken)
    {
        var (caller, key) = (message.Caller, KeyOf(message));
        var answer = command switch
        {
            Command.Help => CommandAnswer.Answered(SwarmReports.Help),
            Command.ListAgents => CommandAnswer.Answered(await reports.AgentsAsync(caller, cancellationToken)),
            Command.Status => CommandAnswer.Answered(agent is null ? await reports.SwarmAsync(caller, cancellationToken) : await reports.AgentAsync(agent, cancellationToken)),
            Command.Create create => Begun(await agents.CreateAndProvisionAsync(NewAgent(create), caller, key, cancellationToken), $"{create.Name} is being created."),
            Command.Operate { Operation: AgentOperation.Pause } => Begun(await agents.PauseAsync(agent!.Id, caller, key, cancellationToken), $"{agent.Name} is being paused."),
            Command.Operate { Operation: AgentOperation.Resume } => Begun(await agents.ResumeAsync(agent!.Id, checkpoint: null, caller, key, cancellationToken), $"{agent.Name} is being resumed."),
            Command.Operate => Begun(await agents.StopAsync(agent!.Id, caller, key, cancellationToken), $"{agent.Name} is being stopped."),
            Command.Heartbeat => Begun(await agents.HeartbeatAsync(agent!.Id, caller, key, cancellationToken), $"The heart of {agent.Name} beats."),
            Command.Halt => await halt.HaltAsync(agent, message, cancellationToken),
            Command.Brake => await brake.SetAsync(message, cancellationToken),
            Command.ReleaseBrake => await brake.ReleaseAsync(message, cancellationToken),
            Command.WorkOnIssue on => await work.StartAsync(on.Issue, agent, on.Model, message, cancellationToken),
            Command.IssueStatus of => await work.DescribeAsync(of.Issue, caller, cancellationToken),
            Command.StopWork stop => await work.StopAsync(stop.Issue, message, cancellationToken),
            Command.Workflows => CommandAnswer.Answered(await reports.WorkflowsAsync(caller, cancellationToken)),
            Command.Retry retry => await retries.RetryAsync(retry.Workflow, caller, cancellationToken),
            Command.Questions => CommandAnswer.Answered(await questions.ListAsync(caller, cancellationToken)),
            Command.AnswerQuestion to => await questions.AnswerAsync(to, message, cancellationToken),
            Command.Devices => CommandAnswer.Answered(await devices.ListAsync(cancellationToken)),
            Command.OfDevice device => await devices.DoAsync(device, message, cancellationToken),
            Command.Mute mute => CommandAnswer.Done(await quiet.MuteAsync(mute.For, caller, cancellationToken)),
            _ => CommandAnswer.Answered(SwarmReports.Help),
        };
        return answer with { Meaning = answer.Meaning ?? command, AgentId = answer.AgentId ?? agent?.Id };
    }

    /// <summary>Sends the text to the agent in the person's name; the reply comes back the same way.</summary>
    public async Task<CommandAnswer> TellAsync(Agent agent, string text, CommandMessage message, CancellationToken cancellationToken)
    {
        var sent = await agents.SendMessageAsync(
            agent.Id, new NewMessage($"command:{message.Id}", SenderOf(message), text, Metadata: null), message.Caller, KeyOf(message), cancellationToken);
        return sent.Match(
            accepted => CommandAnswer.Done(accepted.Braked ?? (accepted.WorkflowUuid is null ? $"{agent.Name} will get it when it is back." : $"Told {agent.Name}.")) with
            {
                Meaning = new Command.Tell($"\"{agent.Name}\" {text}"),
                AgentId = agent.Id,
                WorkflowUuid = accepted.WorkflowUuid,
            },
            refusal => CommandAnswer.Refused(refusal.Detail));
    }

    /// <summary>The address that replies to a person go to.</summary>
    internal static string SenderOf(CommandMessage message) => message switch
    {
        { Source: "whatsapp", Contact: { } number } => PhoneNumbers.AddressOf(number),
        { Contact: { } contact } => contact,
        _ => message.Source,
    };

    internal static RequestKey KeyOf(CommandMessage message) =>
        new(message.Caller.Owner, $"command:{message.Source}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)))}", SHA256.HashData(Encoding.UTF8.GetBytes(message.Text)));

    private NewAgent NewAgent(Command.Create create) => new(create.Name, create.Persona, create.Model ?? model.Name, null, null, null, null, null);

    private static CommandAnswer Begun(Decision<StartedOperation> decision, string text) => decision.Match(
        started => CommandAnswer.Done(started.WorkflowUuid is null ? "That is so already." : text) with { AgentId = started.AgentId, WorkflowUuid = started.WorkflowUuid },
        refusal => CommandAnswer.Refused(refusal.Detail));
}
