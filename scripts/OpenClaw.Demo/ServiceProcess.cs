using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OpenClaw.Demo;

/// <summary>The real service, as a process that can be killed and started again at the same address.</summary>
internal sealed class ServiceProcess(string assembly) : IDisposable
{
    private const int LinesKept = 30;

    // Nothing that the caller's settings name (a gateway, Twilio, another database) may be touched by a demo.
    private static readonly string[] Inherited = ["DATABASE_URL", "HOME", "LANG", "OPENCLAW_DATA_DIR", "PATH", "TMPDIR"];

    private readonly Queue<string> _lastLines = new();
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}/");

    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public int Id => _process?.Id ?? throw new InvalidOperationException("The service has not been started.");

    public bool HasExited => _process is null or { HasExited: true };

    public string LastLines
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(Environment.NewLine, _lastLines);
            }
        }
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            // The content root: …/OpenClaw.Web, above bin/app.
            WorkingDirectory = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(assembly)!, "../..")),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).Where(name => !name.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOST"] = Address.Host;
        start.Environment["PORT"] = $"{Address.Port}";
        start.Environment["AUTH_TOKEN"] = Token;

        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>SIGKILL: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!HasExited)
        {
            _process!.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_lastLines)
        {
            if (line.Data is not null)
            {
                _lastLines.Enqueue(line.Data);
            }

            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
