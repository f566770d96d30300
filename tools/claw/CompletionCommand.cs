using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>A script that has a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    /// <param name="root">All commands, when the script is asked for.</param>
    /// <param name="around">Where it is written.</param>
    public static Command Make(Command root, Surroundings around)
    {
        var shell = new Argument<string>("shell") { Description = "bash." };
        shell.AcceptOnlyFromAmong("bash");
        var command = new Command("completion", "Write the script that completes commands. Example: claw completion bash") { shell };
        command.SetAction(given => around.Out.WriteLine(given.GetValue(CommandLine.Json) ? JsonSerializer.Serialize(new { shell = "bash", script = Bash(root) }) : Bash(root)));
        return command;
    }

    private static string Bash(Command root)
    {
        var always = root.Options.Where(option => option.Recursive).Select(option => option.Name);
        var commands = Under(root, path: "").ToList();
        var known = string.Join(" | ", commands.Skip(1).Select(one => $"'{one.Path}'"));
        var words = string.Join('\n', commands.Select(one => $"    '{one.Path}') words='{string.Join(' ', Words(one.Command, always))}' ;;"));
        return $$"""
            _claw() {
              local path='' words='' word
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "$path $word" in
                  {{known}}) path="$path $word" ;;
                esac
              done
              case "$path" in
            {{words}}
              esac
              mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
            }
            complete -F _claw claw
            """;
    }

    private static IEnumerable<(string Path, Command Command)> Under(Command command, string path) =>
        [(path, command), .. command.Subcommands.SelectMany(part => Under(part, $"{path} {part.Name}"))];

    private static IEnumerable<string> Words(Command command, IEnumerable<string> always) =>
        command.Subcommands.Select(part => part.Name).Concat(command.Options.Select(option => option.Name)).Concat(always).Distinct();
}
