using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench;

/// <summary>The service in a process of its own: its memory can be told from the clients', and it can be killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    // Of the runtime's own events: to begin a session with it is to ask for a full collection.
    private const string RuntimeEvents = "Microsoft-Windows-DotNETRuntime";
    private const long CollectKeyword = 0x800000;

    /// <summary>The argument that makes this program the service.</summary>
    public const string Command = "service";

    private readonly string _databaseUrl;
    private readonly int _port;
    private readonly TimeSpan _clockAhead;
    private readonly string[] _settings;
    private Process _process;

    private ServiceProcess(string databaseUrl, TimeSpan clockAhead, string[] settings)
    {
        (_databaseUrl, _port, _clockAhead, _settings) = (databaseUrl, FreePort(), clockAhead, settings);
        _process = Start();
    }

    /// <summary>Of its WebSocket.</summary>
    public Uri Address => new($"ws://127.0.0.1:{_port}");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Bytes of physical memory.</summary>
    public long Memory => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) * 1024;

    /// <summary>
    /// Bytes of its objects that are live after full collections: what is held. Physical memory has what lies about as well, and
    /// what the collector keeps for what comes; it grows and shrinks by its own rules.
    /// </summary>
    public async Task<long> HeldMemoryAsync()
    {
        var client = new DiagnosticsClient(_process.Id);

        // The second one collects what the first one has finalized.
        for (var collection = 0; collection < 2; collection++)
        {
            using var session = await client.StartEventPipeSessionAsync([new EventPipeProvider(RuntimeEvents, EventLevel.Informational, CollectKeyword)], requestRundown: false, circularBufferMB: 1, CancellationToken.None);
            var read = session.EventStream.CopyToAsync(Stream.Null);
            await session.StopAsync(CancellationToken.None);
            await read;
        }

        using var http = Connect();
        var metrics = (await http.GetStringAsync("/metrics")).Split('\n');
        return Sum("dotnet_gc_last_collection_heap_size") - Sum("dotnet_gc_last_collection_heap_fragmentation_size");

        long Sum(string name) => metrics.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(line => (long)double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Time of the processor that it has had.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Length;

    /// <param name="databaseUrl">Its database.</param>
    /// <param name="clockAhead">By how much its clock is wrong.</param>
    /// <param name="settings">More of its settings, as <c>NAME=value</c>.</param>
    public static async Task<ServiceProcess> StartAsync(string databaseUrl, TimeSpan clockAhead = default, params string[] settings)
    {
        var service = new ServiceProcess(databaseUrl, clockAhead, settings);
        await service.IsUpAsync();
        return service;
    }

    /// <summary>What runs in that process: until the other end of its input is closed.</summary>
    public static async Task ServeAsync(string databaseUrl, string port, string clockAhead, params string[] settings)
    {
        await using var service = await BenchService.StartAsync(databaseUrl, port, TimeSpan.Parse(clockAhead, CultureInfo.InvariantCulture), settings);
        Console.WriteLine(service.Http.BaseAddress);
        await Console.In.ReadToEndAsync();
    }

    /// <summary>A client that is signed in and does not wait for workflows to end.</summary>
    public HttpClient Connect(bool waits = false)
    {
        var http = new HttpClient { BaseAddress = new UriBuilder(Address) { Scheme = "http" }.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchService.Token);
        if (!waits)
        {
            http.DefaultRequestHeaders.Add("Prefer", "respond-async");
        }

        return http;
    }

    /// <summary>What it logs, until it ends. Whoever has it log more than errors has to read it, else it waits for that.</summary>
    public async IAsyncEnumerable<string> LinesAsync()
    {
        var output = _process.StandardOutput;
        while (await output.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again after a kill, at the same port.</summary>
    public Task RestartAsync()
    {
        _process.Dispose();
        _process = Start();
        return IsUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A port of this machine that nothing listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Process Start() => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(ServiceProcess).Assembly.Location, Command, _databaseUrl, $"{_port}", $"{_clockAhead}", .. _settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private async Task IsUpAsync()
    {
        // Where more than errors are logged, their lines come first.
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The service did not start.");
        }
        while (!line.StartsWith("http://", StringComparison.Ordinal));
    }
}
