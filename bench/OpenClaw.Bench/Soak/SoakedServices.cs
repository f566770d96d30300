namespace OpenClaw.Bench.Soak;

/// <summary>Services on one database that are killed in turn, and started again.</summary>
internal sealed class SoakedServices : IAsyncDisposable
{
    private readonly List<ServiceProcess> _services = [];

    public ServiceProcess this[int index] => _services[index];

    /// <summary>So many times one was killed.</summary>
    public int Kills { get; private set; }

    public void Add(ServiceProcess service) => _services.Add(service);

    /// <summary>Kills the next one with SIGKILL, and has it back.</summary>
    public async Task KillNextAsync()
    {
        var service = _services[Kills++ % _services.Count];
        await service.KillAsync();
        await service.RestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }
    }
}
