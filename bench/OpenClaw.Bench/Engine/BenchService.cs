using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Bench.Engine;

/// <summary>The service as it ships, in this process, with the workflows that are measured.</summary>
internal sealed class BenchService : IAsyncDisposable
{
    public const string Token = "token-of-the-bench-0123456789";

    private readonly WebApplication _app;

    private BenchService(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Signed in.</summary>
    public HttpClient Http { get; }

    public static async Task<BenchService> StartAsync(string databaseUrl, string port = "0", TimeSpan clockAhead = default, params string[] settings)
    {
        var app = await PrepareAsync(databaseUrl, port, clockAhead, settings);
        await app.StartAsync();
        return new BenchService(app);
    }

    /// <summary>All of it, not started: nothing happens but what is called.</summary>
    public static async Task<WebApplication> PrepareAsync(string databaseUrl, string port = "0", TimeSpan clockAhead = default, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PORT"] = port,
            ["DATABASE_URL"] = databaseUrl,
            ["AUTH_TOKEN"] = Token,
            ["LOG_LEVEL"] = "error",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        if (clockAhead != TimeSpan.Zero)
        {
            builder.Services.AddSingleton<TimeProvider>(new WrongClock(clockAhead));
        }

        builder.AddOpenClaw();
        builder.Services.AddSingleton<WorkflowEnds>();
        builder.Services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<WorkflowEnds>());
        foreach (var workflow in EmptyWorkflows.All)
        {
            builder.Services.AddWorkflow(workflow);
        }

        var app = builder.Build();
        await app.MigrateDatabaseAsync();
        app.MapOpenClaw();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
