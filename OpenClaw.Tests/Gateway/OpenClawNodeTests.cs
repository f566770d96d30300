using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>The real npm client. Where node or its package cannot be had, the test says so and is ignored.</summary>
public sealed class OpenClawNodeTests : GatewayFixture
{
    [Test]
    [CancelAfter(240_000)]
    public async Task It_talks_with_an_agent(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("openclaw-node-");
        foreach (var file in Directory.GetFiles(Repository.PathTo("OpenClaw.Tests/Gateway/OpenClawNode")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        if (await RunAsync(folder, "npm", ["ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"], cancellationToken) is not { Code: 0 })
        {
            NotHere("node or the package openclaw-node cannot be had here.");
        }

        var agent = await AgentAsync("node friend");
        var run = await RunAsync(folder, "node", ["converse.mjs", $"ws://127.0.0.1:{Service.Address.Port}", RunningService.Token, agent], cancellationToken);

        Assert.That(run?.Code, Is.Zero, run?.Errors);
        var seen = JsonSerializer.Deserialize<JsonElement>(run!.Output);
        Assert.Multiple(() =>
        {
            Assert.That((seen.GetProperty("protocol").GetInt32(), seen.GetProperty("healthy").GetBoolean()), Is.EqualTo((4, true)));
            Assert.That(seen.GetProperty("agents").EnumerateArray().Select(id => id.GetString()), Does.Contain(agent));
            Assert.That(seen.GetProperty("streamed").GetString(), Is.EqualTo("echo (no model behind this): stream this"));
            Assert.That(seen.GetProperty("said").GetString(), Is.EqualTo("echo (no model behind this): say this"));
            Assert.That((seen.GetProperty("waited").GetString(), seen.GetProperty("followed").GetBoolean(), seen.GetProperty("history").GetInt32()), Is.EqualTo(("ok", true, 4)));
            Assert.That(seen.GetProperty("session").GetString(), Is.EqualTo($"agent:{agent}:node"));
            Assert.That((seen.GetProperty("aborted").GetBoolean(), seen.GetProperty("unknown").GetString()), Is.EqualTo((false, "unknown method: no.such")));
        });
        folder.Delete(recursive: true);
    }

    // On a build server it must be there; a person without it is told what was left out.
    private static void NotHere(string why)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            Assert.Fail(why);
        }

        Assert.Ignore(why);
    }

    private static async Task<ToolRun?> RunAsync(DirectoryInfo folder, string tool, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })!;
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
