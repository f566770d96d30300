using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>
/// scripts/run as a newcomer meets it, on a terminal. The build is one that takes two seconds and makes nothing; what is
/// served is what the tests were built from.
/// </summary>
public sealed class RunScriptTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openclaw-run-");

    [TearDown]
    public void Remove_the_folder() => _folder.Delete(recursive: true);

    [Test]
    public async Task It_shows_how_long_it_builds_then_the_dashboard_first_and_ends_with_the_service()
    {
        await using var database = await TestDatabase.CreateAsync();
        var port = FreePort.Find();
        await WriteBuilderAsync();
        using var run = Shell.Start(
            $"exec script -qec {Repository.PathTo("scripts/run")} /dev/null",
            ("PATH", $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"), ("HOST", "127.0.0.1"), ("PORT", $"{port}"), ("DATABASE_URL", database.Url),
            ("AUTH_TOKEN", ""), ("AUTH_TOKEN_FILE", ""), ("OPENCLAW_DATA_DIR", _folder.FullName), ("PUBLIC_BASE_URL", ""), ("LOG_LEVEL", "error"));
        var said = new List<string>();
        run.OutputDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.Add(line.Data ?? "");
            }
        };
        run.BeginOutputReadLine();
        try
        {
            await Eventually.That(Said, Does.Contain("Ctrl-C stops it."), TimeSpan.FromSeconds(60));

            Assert.That(Said(), Does.Match(@"\d s: OpenClaw\.Data is built"));
            var banner = Said()[Said().IndexOf("OpenClaw Backend serves", StringComparison.Ordinal)..];
            var addresses = banner.Split('\n', '\r').Where(line => line.Contains("http://", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
            Assert.That(addresses[0], Is.EqualTo($"http://127.0.0.1:{port}/"));
            Assert.That(banner, Does.Contain($"{_folder.FullName}/auth-token").And.Contain("scripts/claw token"));
            using var browser = new HttpClient();
            browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            Assert.That((await browser.GetAsync(addresses[0])).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            // As when its terminal is closed.
            using var stop = Process.Start("kill", ["-TERM", $"{run.Id}"]);
            await run.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
            await Eventually.That(() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port), Does.Not.Contain(port), TimeSpan.FromSeconds(60));
        }

        string Said()
        {
            lock (said)
            {
                return string.Join('\n', said);
            }
        }
    }

    private async Task WriteBuilderAsync()
    {
        var builder = Path.Combine(_folder.FullName, "dotnet");
        await File.WriteAllTextAsync(
            builder,
            $"""
            #!/bin/sh
            export PATH="$(printf %s "$PATH" | cut -d : -f 2-)"
            case $1 in
              publish) echo '  OpenClaw.Data -> /nowhere/OpenClaw.Data.dll' && sleep 2 ;;
              *OpenClaw.Web.dll) exec dotnet "{Path.Combine(AppContext.BaseDirectory, "OpenClaw.Web.dll")}" ;;
              *) exec dotnet "$@" ;;
            esac
            """);
        await Shell.RunAsync($"chmod 700 {builder}");
    }
}
