using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>The commands, and how they end.</summary>
internal static class CommandLine
{
    public static readonly Option<bool> Json = new("--json") { Description = "Answer with the service's JSON.", Recursive = true };
    public static readonly Option<string> ProfileName = new("--profile") { Description = "Which service: a name from claw login; CLAW_PROFILE says it too.", Recursive = true };

    /// <summary>All commands, as people write them.</summary>
    public static RootCommand Root(Surroundings around)
    {
        var root = new RootCommand("The command line of OpenClaw Backend. Exit codes: 0 done, 1 refused or failed, 2 not written right, 3 not allowed, 4 not found, 5 not available, 6 still under way.") { Json, ProfileName };
        root.Add(LoginCommand.Make(around));
        root.Add(BackupCommand.Make(around));
        root.Add(CompletionCommand.Make(root, around));
        ServiceCommand[] commands =
        [
            .. AgentCommands.All, .. AgentHistoryCommands.All, .. WorkflowCommands.All, ResumeCommand.Make(), ScheduleCommands.Make(), .. QuestionCommands.All, .. BrakeCommands.All, BudgetCommands.Make(),
            .. SpendingCommands.All, SubscriptionCommands.Make(), .. NoticeCommands.All, KeyCommands.Make(), .. ServiceCommands.All, LogCommand.Make(), TopCommand.Make(), CallCommand.Make(),
        ];
        foreach (var command in commands)
        {
            root.Add(Bound(command, around));
        }

        return root;
    }

    public static async Task<int> RunAsync(string[] args, Surroundings around, CancellationToken cancellationToken)
    {
        var parsed = Root(around).Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = around.Out, Error = around.Error, EnableDefaultExceptionHandler = false }, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
    }

    /// <summary>Has <paramref name="act"/> carried out, and says what went wrong.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> act, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Failure failure)
        {
            await around.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or JsonException)
        {
            await around.Error.WriteLineAsync($"The answer is not as this claw ({typeof(CommandLine).Assembly.GetName().Version!.ToString(3)}) knows it: is the service of another version, or another service? claw call shows answers as they come. ({exception.Message})");
            return ExitCodes.Refused;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static Command Bound(ServiceCommand described, Surroundings around)
    {
        var command = new Command(described.Name, described.Example is { } example ? $"{described.Description} Example: {example}" : described.Description);
        foreach (var argument in described.Arguments)
        {
            command.Add(argument);
        }

        foreach (var option in described.Options)
        {
            command.Add(option);
        }

        foreach (var part in described.Parts)
        {
            command.Add(Bound(part, around));
        }

        if (described.Act is { } act)
        {
            command.SetAction((given, cancelled) => GuardAsync(
                async () =>
                {
                    using var service = new Service(new Profiles(around).Find(given.GetValue(ProfileName)));
                    return await act(new CommandContext(given, around, service, cancelled));
                },
                around,
                cancelled));
        }

        return command;
    }
}

/// <summary>A command that asks the service.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Description">For help.</param>
/// <param name="Act">Returns the exit code; null for one that has parts alone.</param>
internal sealed record ServiceCommand(string Name, string Description, Func<CommandContext, Task<int>>? Act)
{
    /// <summary>How it is written, for help; null for one that has parts alone. A test holds that it is understood.</summary>
    public string? Example { get; init; }

    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    public IReadOnlyList<Option> Options { get; init; } = [];

    public IReadOnlyList<ServiceCommand> Parts { get; init; } = [];
}
