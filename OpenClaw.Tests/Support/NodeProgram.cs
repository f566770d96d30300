using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace OpenClaw.Tests.Support;

/// <summary>A program of ours for a client from npm, in a folder of its own with its packages.</summary>
internal sealed class NodeProgram
{
    private readonly DirectoryInfo _folder;

    private NodeProgram(DirectoryInfo folder) => _folder = folder;

    /// <summary>Where node or the package cannot be had the test says so: on a build server it fails, elsewhere it is ignored.</summary>
    /// <param name="source">The program's folder in the clone.</param>
    /// <param name="package">Named where it cannot be had.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<NodeProgram> BringAsync(string source, string package, CancellationToken cancellationToken)
    {
        var program = new NodeProgram(Directory.CreateTempSubdirectory("node-program-"));
        foreach (var file in Directory.GetFiles(Repository.PathTo(source)))
        {
            File.Copy(file, Path.Combine(program._folder.FullName, Path.GetFileName(file)));
        }

        if (await program.TryAsync("npm", ["ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], cancellationToken) is not { Code: 0 })
        {
            NotHere($"node or the package {package} cannot be had here.");
        }

        return program;
    }

    /// <summary>What a script that succeeds prints as JSON; its folder goes with it. One that fails fails the test with what it said.</summary>
    public async Task<JsonElement> RunAsync(string script, string[] arguments, CancellationToken cancellationToken)
    {
        var run = await TryAsync("node", [script, .. arguments], cancellationToken);
        Assert.That(run?.Code, Is.Zero, run?.Errors);
        _folder.Delete(recursive: true);
        return JsonSerializer.Deserialize<JsonElement>(run!.Output);
    }

    private static void NotHere(string why)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            Assert.Fail(why);
        }

        Assert.Ignore(why);
    }

    private async Task<ToolRun?> TryAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new ToolRun(process.ExitCode, output, await errors);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private sealed record ToolRun(int Code, string Output, string Errors);
}
