using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>The real OpenClaw gateway as a process that can be killed and started again, with a model of the test's behind it.</summary>
internal sealed class RealGateway : IAsyncDisposable
{
    public const string Token = "interop-token-0123456789abcdef";

    // Half a minute when the machine has nothing else to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("openclaw-interop-");
    private readonly int _port = FreePort.Find();
    private readonly EchoModel _model;
    private readonly int _modelPort;
    private Process? _process;

    private RealGateway(EchoModel model, int modelPort) => (_model, _modelPort) = (model, modelPort);

    /// <summary>Where scripts/test interop has put node and the releases of OpenClaw.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable("OPENCLAW_INTEROP_DIR") ?? throw new InvalidOperationException("OPENCLAW_INTEROP_DIR is not set: run scripts/test interop.");

    public static string Node => Path.Combine(Folder, "node/node_modules/.bin/node");

    /// <summary>The release that is tested; its own folder unless it is the usual one.</summary>
    public static string Program => Path.Combine(Folder, Environment.GetEnvironmentVariable("OPENCLAW_INTEROP_RELEASE") ?? "openclaw", "node_modules/openclaw/openclaw.mjs");

    /// <summary>Its version.</summary>
    public static string Release => (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Program)!, "package.json")))!["version"]!;

    /// <summary>The folder of its state, whose name differs from run to run.</summary>
    public string Place => _state.FullName;

    public string Url => $"ws://127.0.0.1:{_port}";

    public EchoModel Model => _model;

    public static async Task<RealGateway> StartAsync()
    {
        var port = FreePort.Find();
        var gateway = new RealGateway(await EchoModel.StartAsync(port), port);
        await File.WriteAllTextAsync(gateway.Settings, gateway.SettingsText());
        await gateway.StartAgainAsync();
        return gateway;
    }

    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Node, [Program, "gateway", "run", "--port", $"{_port}"])
        {
            WorkingDirectory = _state.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = _state.FullName,
                ["OPENCLAW_STATE_DIR"] = _state.FullName,
                ["OPENCLAW_CONFIG_PATH"] = Settings,
                ["OPENCLAW_NO_AUTO_UPDATE"] = "1",
                ["OPENCLAW_NO_RESPAWN"] = "1",
                ["OPENCLAW_DISABLE_BONJOUR"] = "1",
                ["OPENCLAW_SKIP_CHANNELS"] = "1",
                ["OPENCLAW_SKIP_BROWSER_CONTROL_SERVER"] = "1",
                ["OPENCLAW_SKIP_CANVAS_HOST"] = "1",
                ["OPENCLAW_TELEMETRY"] = "0",
                ["CI"] = "1",
                ["NO_COLOR"] = "1",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        await Eventually.That(
            async () => (await http.GetStringAsync($"http://127.0.0.1:{_port}/readyz")).Contains("\"ready\":true", StringComparison.Ordinal), Is.True, Patience);
    }

    /// <summary>SIGKILL, as when the machine runs out of memory.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A client with the scopes of an operator, as the bridge is one.</summary>
    public async Task<GatewayClient> TalkAsync()
    {
        var client = await GatewayClient.OpenAsync(new Uri(Url));
        var connect = GatewayClient.Connect(["operator.read", "operator.write", "operator.admin"], Token);
        connect["client"]!["id"] = "gateway-client";
        connect["client"]!["mode"] = "backend";
        Assert.That((bool?)(await client.RequestAsync("connect", connect))["ok"], Is.True);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _model.DisposeAsync();
        _state.Delete(recursive: true);
    }

    private string Settings => Path.Combine(_state.FullName, "openclaw.json");

    private string SettingsText() => JsonSerializer.Serialize(new
    {
        gateway = new { mode = "local", port = _port, bind = "loopback", auth = new { mode = "token", token = Token }, controlUi = new { enabled = false }, terminal = new { enabled = false } },
        discovery = new { mdns = new { mode = "off" } },
        update = new { checkOnStart = false },
        agents = new { defaults = new { model = new { primary = "test/echo-1" }, heartbeat = new { every = "0m" } } },
        models = new
        {
            mode = "replace",
            providers = new
            {
                test = new
                {
                    baseUrl = $"http://127.0.0.1:{_modelPort}/v1",
                    apiKey = "none",
                    api = "openai-completions",
                    models = new[]
                    {
                        new
                        {
                            id = "echo-1", name = "Echo", reasoning = false, input = new[] { "text" }, contextWindow = 128_000, maxTokens = 4_096,
                            cost = new { input = 0, output = 0, cacheRead = 0, cacheWrite = 0 },
                        },
                    },
                },
            },
        },
    });
}
