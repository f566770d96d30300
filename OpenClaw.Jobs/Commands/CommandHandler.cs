using System.Globalization;
using System.Security.Cryptography;
using OpenClaw.Data.Commands;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>
/// Reads a command, asks for a code where it cannot be taken back or was not quite clear, does it, and keeps the answer.
/// Whatever is done carries the message's id as its key: handled again after a crash, it is done once.
/// </summary>
public sealed class CommandHandler(CommandLog log, CommandActions actions, SwarmReports reports, AgentMentions finder, FreeLanguage language, DeviceCommands devices, QuestionCommands questions) : ICommandHandler
{
    public async Task<string> HandleAsync(CommandMessage message, CancellationToken cancellationToken) => (await RunAsync(message, cancellationToken)).Answer;

    /// <summary>The same, and tells all that is known of the command.</summary>
    public async Task<CommandRecord> RunAsync(CommandMessage message, CancellationToken cancellationToken) =>
        await log.FindAsync(message, cancellationToken)
        ?? await log.WriteAsync(message, await AnswerAsync(message, cancellationToken), cancellationToken);

    /// <summary>The same, and refuses an id under which another text was handled.</summary>
    public async Task<Decision<CommandRecord>> RunOnceAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        var record = await RunAsync(message, cancellationToken);
        return CommandLog.Holds(record, message) ? record : new Refusal.KeyReused(message.Id);
    }

    private Task<CommandAnswer> AnswerAsync(CommandMessage message, CancellationToken cancellationToken) => CommandParser.Read(message.Text) switch
    {
        Reading.Exact { Command: Command.Confirm confirm } => ConfirmAsync(confirm, message, cancellationToken),
        Reading.Exact { Command: Command.Decline } => DeclineAsync(message, cancellationToken),
        Reading.Exact exact => DoAsync(exact.Command, exact.Slipped, message, cancellationToken),
        Reading.Unclear unclear => Task.FromResult(CommandAnswer.NotUnderstood(unclear.Question, unclear.Choices)),
        Reading.Free => FreeAsync(message, cancellationToken),
        _ => Task.FromResult(CommandAnswer.Answered(SwarmReports.Help)),
    };

    private async Task<CommandAnswer> DoAsync(Command command, bool slipped, CommandMessage message, CancellationToken cancellationToken)
    {
        if (command is Command.Tell tell)
        {
            return await TellAsync(tell, slipped, message, cancellationToken);
        }

        if (command is Command.AnswerQuestion answer && !await questions.IsMeantAsync(answer, message, cancellationToken))
        {
            // "Answer me" is for the agent that the person talks with.
            return await FreeAsync(message, cancellationToken);
        }

        if (command is Command.Halt { IsCancel: true } && await log.OpenQuestionAsync(message, cancellationToken) is not null)
        {
            return await DeclineAsync(message, cancellationToken);
        }

        if ((command is Command.OfDevice && !message.Caller.MayManage) || (command is Command.Devices && !message.Caller.IsOfHouse))
        {
            return CommandAnswer.Refused(DeviceCommands.ForAdmins);
        }

        if (command is Command.Halt { IsEverything: true })
        {
            // What is under way ends at once; that nothing begins any more is a state, which somebody has to end.
            var halted = await actions.DoAsync(command, agent: null, message, cancellationToken);
            var asked = Ask(new Command.Brake());
            return asked with { Text = $"{halted.Text}\nTo keep every turn from beginning until you release it, answer within {CommandLog.CodeLife.TotalMinutes:0} minutes: YES {asked.Code}" };
        }

        if (command is Command.OfDevice { IsDestructive: true } device)
        {
            // Who lets somebody in sees whom before the code.
            var (whole, about, problem) = await devices.FindAsync(device, cancellationToken);
            var asked = Ask(whole);
            return problem is null ? asked with { Text = $"{about}\n{asked.Text}" } : CommandAnswer.Refused(problem);
        }

        if (NameIn(command) is not { } name)
        {
            // "crate boxes" may be a slip of "create boxes", and may be not.
            return command.IsDestructive || (slipped && command is Command.Create)
                ? Ask(command)
                : await actions.DoAsync(command, agent: null, message, cancellationToken);
        }

        var found = await finder.FindAsync(name, message.Caller, cancellationToken);
        return found switch
        {
            { Agents: [] } when slipped => await FreeAsync(message, cancellationToken),
            { Agents: [] } => await UnknownAsync(name, message, cancellationToken),
            { Agents: [var agent] } when found.Exact || command is Command.Status =>
                command.IsDestructive || (slipped && command is Command.Halt) ? Ask(command) with { AgentId = agent.Id } : await actions.DoAsync(command, agent, message, cancellationToken),
            { Agents: [var agent] } => Ask(WithName(command, agent.Name)) with { AgentId = agent.Id },
            _ => CommandAnswer.NotUnderstood($"Which \"{ForeignText.Quote(name)}\"?", found.Agents.Select(agent => WithName(command, found.Exact ? agent.Id.ToString() : agent.Name).Text)),
        };
    }

    private async Task<CommandAnswer> ConfirmAsync(Command.Confirm confirm, CommandMessage message, CancellationToken cancellationToken)
    {
        if (await log.OpenQuestionAsync(message, cancellationToken) is not { } question)
        {
            return confirm.Code.Length == 0 || message.Text.Trim() == confirm.Code
                ? await FreeAsync(message, cancellationToken)
                : CommandAnswer.Refused($"There is nothing to confirm, or it is longer ago than {CommandLog.CodeLife.TotalMinutes:0} minutes. Nothing was done.");
        }

        if (confirm.Code.Length == 0)
        {
            return CommandAnswer.NotUnderstood($"To let it be done, repeat the code: YES {question.Code}", []);
        }

        if (confirm.Code != question.Code)
        {
            return CommandAnswer.Refused($"{confirm.Code} is not the code. Nothing was done.");
        }

        if (!await log.CloseQuestionAsync(question, message, cancellationToken) || CommandParser.Read(question.Meaning!) is not Reading.Exact { Command: var command })
        {
            return CommandAnswer.Refused("That was confirmed already.");
        }

        if (command is Command.Tell tell)
        {
            return await TellAsync(tell, slipped: false, message, cancellationToken);
        }

        var agent = question.AgentId is { } id ? await finder.FindAsync(id, message.Caller, cancellationToken) : null;
        return question.AgentId is not null && agent is null
            ? CommandAnswer.Refused("That agent has been stopped meanwhile.")
            : await actions.DoAsync(command, agent, message, cancellationToken);
    }

    private async Task<CommandAnswer> DeclineAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        if (await log.OpenQuestionAsync(message, cancellationToken) is not { } question)
        {
            return await FreeAsync(message, cancellationToken);
        }

        await log.CloseQuestionAsync(question, message, cancellationToken);
        return CommandAnswer.Answered("Nothing was done.");
    }

    private async Task<CommandAnswer> TellAsync(Command.Tell tell, bool slipped, CommandMessage message, CancellationToken cancellationToken)
    {
        var (found, text) = await finder.SplitAsync(tell.Words, message.Caller, cancellationToken);
        return found switch
        {
            { Agents: [] } when slipped => await FreeAsync(message, cancellationToken),
            { Agents: [] } => await UnknownAsync(tell.Words, message, cancellationToken),
            { Agents: [var agent], Exact: true } when HaltWords.Mean(text) => await actions.DoAsync(new Command.Halt(agent.Name), agent, message, cancellationToken),
            { Agents: [var agent], Exact: true } when text.Length > 0 => await actions.TellAsync(agent, text, message, cancellationToken),
            { Agents: [var agent] } when text.Length > 0 => Ask(new Command.Tell($"\"{agent.Name}\" {text}")) with { AgentId = agent.Id },
            { Agents: [var agent] } => CommandAnswer.NotUnderstood($"What is {agent.Name} to be told?", [$"tell \"{agent.Name}\" <text>"]),
            _ => CommandAnswer.NotUnderstood("Which one is to be told?", found.Agents.Select(agent => new Command.Tell($"\"{(found.Exact ? agent.Id : agent.Name)}\" {ForeignText.Quote(text)}").Text)),
        };
    }

    // What is a choice of an open question answers it. A plain text goes to the agent that the person talks with; without one, to the model; and without that, the person
    // hears what works.
    private async Task<CommandAnswer> FreeAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        if (await questions.ReadAsync(message, cancellationToken) is var (answering, unclear))
        {
            return unclear ?? await actions.DoAsync(answering!, agent: null, message, cancellationToken);
        }

        if (await log.LastTalkedToAsync(message, cancellationToken) is { } last
            && await finder.FindAsync(last, message.Caller, cancellationToken) is { } agent)
        {
            return await actions.TellAsync(agent, message.Text.Trim(), message, cancellationToken);
        }

        return await language.ReadAsync(message.Text, message.Caller.Owner, cancellationToken) is { } command
            ? await AskAsync(command, message, cancellationToken)
            : new CommandAnswer(CommandOutcome.NotUnderstood, $"I did not understand that, and did nothing.\n{SwarmReports.Help}");
    }

    // What a model understood is asked about even where the person's own words would do.
    private async Task<CommandAnswer> AskAsync(Command command, CommandMessage message, CancellationToken cancellationToken)
    {
        if (NameIn(command) is not { } name)
        {
            return Ask(command);
        }

        var found = await finder.FindAsync(name, message.Caller, cancellationToken);
        return found.Agents is [var agent] ? Ask(WithName(command, agent.Name)) with { AgentId = agent.Id } : await UnknownAsync(name, message, cancellationToken);
    }

    private async Task<CommandAnswer> UnknownAsync(string name, CommandMessage message, CancellationToken cancellationToken) =>
        CommandAnswer.Refused(await reports.UnknownAgentAsync(name, message, cancellationToken));

    private static CommandAnswer Ask(Command command)
    {
        var code = RandomNumberGenerator.GetInt32(10_000).ToString("D4", CultureInfo.InvariantCulture);
        return new CommandAnswer(CommandOutcome.Asked, $"{command.Text}\nIf that is what you want, answer within {CommandLog.CodeLife.TotalMinutes:0} minutes: YES {code}") { Meaning = command, Code = code };
    }

    private static string? NameIn(Command command) => command switch
    {
        Command.Status status => status.Agent,
        Command.Operate operate => operate.Agent,
        Command.Halt halt => halt.Agent,
        Command.Heartbeat heartbeat => heartbeat.Agent,
        Command.WorkOnIssue work => work.Agent,
        _ => null,
    };

    private static Command WithName(Command command, string name) => command switch
    {
        Command.Status => new Command.Status(name),
        Command.Operate operate => operate with { Agent = name },
        Command.Halt => new Command.Halt(name),
        Command.Heartbeat => new Command.Heartbeat(name),
        Command.WorkOnIssue work => work with { Agent = name },
        _ => command,
    };
}
