using System.Diagnostics;

namespace OpenClaw.Tests.Support;

/// <summary>Runs lines as a person types them, in the clone, with settings of its own.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>What lines that succeed print; others fail the test with what they said.</summary>
    public static async Task<string> RunAsync(string lines, params (string Name, string? Value)[] settings)
    {
        var (exitCode, output, errors) = await TryAsync(lines, settings);
        Assert.That(exitCode, Is.Zero, output + errors);
        return output;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> TryAsync(string lines, params (string Name, string? Value)[] settings)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var process = Start(lines, settings);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, (await output).Trim(), (await errors).Trim());
    }

    /// <summary>A setting of null is one that the lines do not have, whatever the environment of the tests says.</summary>
    public static Process Start(string lines, params (string Name, string? Value)[] settings)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-c", lines])
        {
            WorkingDirectory = Repository.PathTo(""),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
