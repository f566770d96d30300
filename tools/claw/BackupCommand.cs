using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>A backup, which is made on the machine where the service is installed: it reads the database and the data folder, and no call of the API has both.</summary>
internal static class BackupCommand
{
    private const string Installed = "openclaw-backend";

    public static Command Make(Surroundings around)
    {
        var file = new Argument<string?>("file") { Description = "Where to; left out, it is named after the time and lies in backups/ of the data folder.", Arity = ArgumentArity.ZeroOrOne };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be written, and write nothing." };
        var command = new Command("backup", $"Write all that the service knows into one file, on the machine where it is installed: {Installed} backup. Example: claw backup --dry-run") { file, dryRun };
        command.SetAction((given, cancelled) => CommandLine.GuardAsync(
            () => RunAsync([.. given.GetValue(file) is { } name ? [name] : Array.Empty<string>(), .. given.GetValue(dryRun) ? ["--dry-run"] : Array.Empty<string>()], given.GetValue(CommandLine.Json), around, cancelled),
            around,
            cancelled));
        return command;
    }

    private static async Task<int> RunAsync(string[] arguments, bool json, Surroundings around, CancellationToken cancelled)
    {
        var program = (around.Variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, Installed)).FirstOrDefault(File.Exists)
            ?? throw new Failure(ExitCodes.Unavailable, $"A backup is made on the machine where the service is installed, and here is no {Installed}: call claw backup there, or scripts/backup in a clone.");
        using var process = Process.Start(new ProcessStartInfo(program, ["backup", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(cancelled), process.StandardError.ReadToEndAsync(cancelled));
        await process.WaitForExitAsync(cancelled);
        await around.Out.WriteAsync(json ? JsonSerializer.Serialize(new { exit_code = process.ExitCode, said = await said }) + Environment.NewLine : await said);
        await around.Error.WriteAsync(await wrong);
        return process.ExitCode switch { 0 => ExitCodes.Done, 2 => ExitCodes.Usage, _ => ExitCodes.Refused };
    }
}
