using System.Diagnostics;

namespace OpenClaw.Tests.Support;

/// <summary>Runs one of the clone's scripts to its end.</summary>
public static class Script
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>What a script that succeeds prints; one that fails throws with what it said.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var (exitCode, output, errors) = await TryAsync(script, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} {string.Join(' ', arguments)} ended with {exitCode}: {errors}");
    }

    public static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string script, params string[] arguments)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo(Repository.PathTo(script), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }
}
