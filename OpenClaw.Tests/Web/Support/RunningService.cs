using System.Net.Http.Headers;
using Hangfire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Web.Support;

/// <summary>The whole service on real Kestrel and a database of its own, on a free port of this process.</summary>
public sealed class RunningService : IAsyncDisposable
{
    public const string Token = "token-of-the-tests-0123456789";

    private readonly WebApplication _app;
    private readonly TestDatabase _database;
    private readonly bool _ownsDatabase;

    private RunningService(WebApplication app, TestDatabase database, bool ownsDatabase = true)
    {
        (_app, _database, _ownsDatabase) = (app, database, ownsDatabase);
        Address = new Uri(app.Urls.First());
        Api = Client();
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public Uri Address { get; }

    /// <summary>Signed in with the token.</summary>
    public HttpClient Api { get; }

    public TestDatabase Database => _database;

    /// <summary>Where scripts/claw finds it with its token, whatever the environment of the tests says; what is named after it counts instead.</summary>
    public (string Name, string? Value)[] ForScripts => [("HOST", "127.0.0.1"), ("PORT", $"{Address.Port}"), ("OPENCLAW_URL", null), ("AUTH_TOKEN_FILE", ""), ("AUTH_TOKEN", Token)];

    /// <summary>What the service is made of.</summary>
    public IServiceProvider Services => _app.Services;

    public static Task<RunningService> StartAsync(PrivateCluster? cluster = null, params (string Name, string Value)[] settings) =>
        StartAsync(_ => { }, cluster, settings);

    /// <summary>With more in its container than the service has of its own: runtimes, workflows, observers.</summary>
    public static async Task<RunningService> StartAsync(
        Action<IServiceCollection> configure, PrivateCluster? cluster = null, params (string Name, string Value)[] settings)
    {
        var database = cluster is null ? await TestDatabase.CreateMigratedAsync() : await TestDatabase.CreateAsync(cluster);
        try
        {
            return new RunningService(await StartAsync(database.Url, configure, settings), database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>On a database that is there already; disposed before it.</summary>
    public static async Task<RunningService> StartOnAsync(TestDatabase database, params (string Name, string Value)[] settings) =>
        new(await StartAsync(database.Url, _ => { }, settings), database, ownsDatabase: false);

    /// <summary>Another node on the same database; disposed before it.</summary>
    public static async Task<RunningService> StartBesideAsync(RunningService other, Action<IServiceCollection>? configure = null, params (string Name, string Value)[] settings) =>
        new(await StartAsync(other.Database.Url, configure ?? (_ => { }), settings), other.Database, ownsDatabase: false);

    /// <summary>Has a recurring job run now. They are registered beside the start.</summary>
    public Task TriggerAsync(string recurringJob) => Eventually.That(() => Services.GetRequiredService<IRecurringJobManagerV2>().TriggerJob(recurringJob), Is.Not.Null);

    /// <summary>Not signed in; it follows no redirects and keeps no cookies.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A browser's: not signed in, and it keeps cookies.</summary>
    public HttpClient Browser()
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDatabase)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>Brings a database to the schema, as a start does, and does not start.</summary>
    public static async Task MigrateAsync(string databaseUrl)
    {
        await using var app = Build(databaseUrl, _ => { }, []);
        await app.MigrateDatabaseAsync();
    }

    private static async Task<WebApplication> StartAsync(string databaseUrl, Action<IServiceCollection> configure, (string Name, string Value)[] settings)
    {
        var app = Build(databaseUrl, configure, settings);
        await app.MigrateDatabaseAsync();
        app.MapOpenClaw();
        await app.StartAsync();
        return app;
    }

    private static WebApplication Build(string databaseUrl, Action<IServiceCollection> configure, (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });

        // Whatever the machine's environment says, the test alone decides.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PORT"] = "0",
            ["DATABASE_URL"] = databaseUrl,
            ["AUTH_TOKEN"] = Token,
            ["LOG_LEVEL"] = "error",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.AddOpenClaw();
        configure(builder.Services);
        return builder.Build();
    }
}
