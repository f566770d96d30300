using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Dashboard;

/// <summary>The dashboard on a database of its own, served by Kestrel on a free port of the loopback.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private DashboardHost(TestDatabase database, WebApplication app, JobStorage storage)
    {
        (_database, _app, Storage) = (database, app, storage);
        Seed = new(storage, database.DataSource);
    }

    public JobStorage Storage { get; }
    public Seed Seed { get; }
    public TestDatabase Database => _database;
    public string Address => _app.Urls.Single();

    public static async Task<DashboardHost> StartAsync(
        Action<DashboardOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication, DashboardOptions, JobStorage>? map = null,
        PrivateCluster? cluster = null)
    {
        var database = await TestDatabase.CreateAsync(cluster);
        var storage = new PostgreSqlStorage(new SharedDataSource(database.DataSource));

        var options = new DashboardOptions { DashboardTitle = "Jobs under test" };
        configure?.Invoke(options);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting().AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddHangfire(configuration => configuration.UseStorage(storage));
        if (services is null) builder.Services.AddAntiforgery();
        else services(builder.Services);

        var app = builder.Build();
        if (map is null) app.MapHangfireDashboard(options, storage);
        else map(app, options, storage);
        await app.StartAsync();
        return new(database, app, storage);
    }

    public DashboardClient Client() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
