using System.Diagnostics;
using System.Text.Json;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>A folder with the settings and the state of OpenClaw's own programs, which are pointed at a gateway.</summary>
internal sealed class ClientHome : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("openclaw-cli-");

    public ClientHome(string url, string token) => Write(new { gateway = new { mode = "remote", remote = new { url, token } }, update = new { checkOnStart = false } });

    /// <summary>That knows of no gateway yet.</summary>
    public ClientHome() => Write(new { update = new { checkOnStart = false } });

    /// <summary>Its folder, which requests may name.</summary>
    public string Place => _state.FullName;

    private string Settings => Path.Combine(_state.FullName, "openclaw.json");

    /// <summary>How a command of OpenClaw's is started.</summary>
    public ProcessStartInfo Start(params IReadOnlyList<string> words) => Start(RealGateway.Node, [RealGateway.Program, .. words]);

    /// <summary>How a program is started that finds OpenClaw's settings here, and nobody else's.</summary>
    public ProcessStartInfo Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _state.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("OPENCLAW_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in new[]
        {
            ("HOME", _state.FullName), ("OPENCLAW_STATE_DIR", _state.FullName), ("OPENCLAW_CONFIG_PATH", Settings), ("OPENCLAW_NO_AUTO_UPDATE", "1"),
            ("OPENCLAW_NO_RESPAWN", "1"), ("OPENCLAW_TELEMETRY", "0"), ("CI", "1"), ("NO_COLOR", "1"),
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose() => _state.Delete(recursive: true);

    private void Write(object settings) => File.WriteAllText(Settings, JsonSerializer.Serialize(settings));
}
