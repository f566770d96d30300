using System.Diagnostics;
using System.Globalization;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>The service in a process of its own, so that its memory can be told from the clients'.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Of its WebSocket.</summary>
    public Uri Address { get; }

    /// <summary>Bytes of physical memory.</summary>
    public long Memory => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) * 1024;

    public static async Task<GatewayProcess> StartAsync(string databaseUrl)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(GatewayProcess).Assembly.Location, "gateway-service", databaseUrl])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The service did not start.");
        return new GatewayProcess(process, new UriBuilder(address) { Scheme = "ws" }.Uri);
    }

    /// <summary>What runs in that process: until the other end of its input is closed.</summary>
    public static async Task ServeAsync(string databaseUrl)
    {
        await using var service = await BenchService.StartAsync(databaseUrl);
        Console.WriteLine(service.Http.BaseAddress);
        await Console.In.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
