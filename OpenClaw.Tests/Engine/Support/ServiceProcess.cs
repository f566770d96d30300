using System.Diagnostics;
using System.Net.Http.Headers;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>The service as a process that can be killed and started again: the same port, database and recording each time.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const string Token = "token-of-the-tests-0123456789";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openclaw-service-");
    private readonly TestDatabase _database;
    private readonly (string Name, string Value)[] _settings;
    private readonly int _port = FreePort.Find();
    private Process? _process;

    public ServiceProcess(TestDatabase database, params (string Name, string Value)[] settings)
    {
        (_database, _settings) = (database, settings);
        Api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public HttpClient Api { get; }

    /// <summary>The number of the process of the latest start.</summary>
    public int Id => _process!.Id;

    public string RecordingPath => Path.Combine(_directory.FullName, "calls");

    /// <summary>The log of the latest start.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Starts it; returns when it is ready, or has been killed already at its point.</summary>
    public async Task StartAsync(string? killAt = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TestHost).Assembly.Location])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PORT"] = $"{_port}",
                ["DATABASE_URL"] = _database.Url,
                ["AUTH_TOKEN"] = Token,
                ["LOG_LEVEL"] = "warn",
                // A life is seconds long: nothing is compiled a second time, better.
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_TC_CallCounting"] = "0",
                [TestHost.Recording] = RecordingPath,
                [TestHost.KillAt] = killAt,
            },
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        var log = new List<string>();
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.That(async () => _process.HasExited || await IsReadyAsync(), Is.True, Patience);

        void Note(string? line)
        {
            lock (log)
            {
                log.Add(line ?? "");
                Log = string.Join('\n', log);
            }
        }
    }

    /// <summary>Returns the exit code when the process has ended: 137 after SIGKILL.</summary>
    public async Task<int> EndAsync(TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Patience);
        await _process!.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Asks for an agent. It may die before it has answered; what it dies of was committed.</summary>
    public async Task ProvisionAsync(string name)
    {
        try
        {
            await Api.PostAsync("/api/v1/agents/provision", new { name, model = "recorded/any" }, ("Prefer", "respond-async"));
        }
        catch (HttpRequestException)
        {
            // What became of it is looked at.
        }
    }

    public async Task<int> KillAsync()
    {
        _process!.Kill();
        return await EndAsync();
    }

    /// <summary>Asks it to stop, as an orchestrator does. Returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Api.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await Api.GetAsync("/readyz");
        return answer.IsSuccessStatusCode;
    }
}
