using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Jobs.Subscriptions;
using OpenClaw.Web.Api;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Api.Subscriptions;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Gateway;
using OpenClaw.Web.Health;
using OpenClaw.Web.Hosting.Tls;
using OpenClaw.Web.Mcp;
using OpenClaw.Web.Security;
using OpenClaw.Web.Telemetry;
using OpenClaw.Web.Webhooks;

namespace OpenClaw.Web.Hosting;

/// <summary>The whole service, put together.</summary>
public static class OpenClawApplication
{
    private const int MaxBodyBytes = 1024 * 1024;

    // Hangfire has 15 of these seconds to finish the steps under way; what it cannot goes back to its queue.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Holds all that is wrong with the settings.</exception>
    public static WebApplicationBuilder AddOpenClaw(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Configuration.AddDotEnvFile(Path.Combine(builder.Environment.ContentRootPath, ".env"));
        }

        var options = OpenClawOptionsReader.Read(builder.Configuration);
        builder.AddConsoleLogging(options);
        builder.AddTls(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(options.Host, options.Port, listen => listen.SpeakTls(options));
            kestrel.ListenForWebhooks(options);
        });

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.Configure<JsonOptions>(json => WorkflowJson.Configure(json.SerializerOptions).NumberHandling = JsonNumberHandling.Strict);
        services.AddSingleton(options);
        services.AddSingleton(options.Retention);
        services.AddSingleton(Models(options));
        services.AddSingleton(Gates(options));
        services.AddSingleton(new SubscriptionSettings(options.WebhookHosts));
        if (options.Mail is { } mail)
        {
            services.AddSingleton(mail);
        }

        services.AddSingleton<ISubscriptionSecrets, SubscriptionSecrets>();
        services.AddSingleton(options.WhatsApp);
        services.TryAddSingleton(TimeProvider.System);
        services.AddDatabase(options);
        services.AddBridge(new UpstreamSettings(options.GatewayUrl, options.GatewayToken) { DataDirectory = options.DataDirectory, Owner = Owners.House });
        services.AddSingleton(new RoutingSettings(Owners.House, options.RoutingCheckPaid));
        services.AddHangfireEngine(options);
        services.AddOpenClawJobs(new ExecutorIdentity(Node(options)));
        services.AddProblems();
        services.AddSecurity(options);
        services.AddHealth(options);
        services.AddTelemetry();
        services.AddApi();
        services.AddPagesElsewhere(options);
        services.AddDashboard();
        services.AddGateway(options);
        services.AddMcp();
        services.AddHostedService<StartAnnouncement>();
        return builder;
    }

    public static WebApplication MapOpenClaw(this WebApplication app)
    {
        ProxyComposition.Use(app);
        app.UseHostGuard();
        app.UseWebhookListener();
        app.UseGateway();
        app.UseSecurityHeaders();
        app.UseStrictTransport(app.Services.GetRequiredService<OpenClawOptions>());
        app.UsePagesElsewhere();
        app.UseProblems();
        app.UseProbes();
        app.UseRouting();
        app.UseSecurity();
        app.MapSecurity();
        app.MapHealth();
        app.MapTelemetry();
        var routes = app.MapGroup("").RefuseForeignText();
        routes.MapApi();
        routes.MapGateway();
        app.MapMcp();
        app.MapTwilioWebhooks();
        app.MapHangfireDashboard();
        routes.MapDashboard();
        return app;
    }

    /// <summary>First of all, so that nothing runs on an older schema, and how the database is reached is known to what is mapped.</summary>
    public static Task MigrateDatabaseAsync(this WebApplication app, CancellationToken cancellationToken = default) =>
        app.Services.GetRequiredService<DatabaseMigration>().RunAsync(cancellationToken);

    /// <summary>
    /// Serves until the process is to stop, and ends in order whatever a part of it says to that: what it could not tell the
    /// database, others find out. Returns the exit code.
    /// </summary>
    public static async Task<int> RunToTheEndAsync(this WebApplication app)
    {
        await app.StartAsync();
        try
        {
            await app.WaitForShutdownAsync();
            await app.DisposeAsync();
            return 0;
        }
        catch (Exception exception)
        {
            // The log may be gone by now.
            await Console.Error.WriteLineAsync($"The service has stopped, but not all of it in order: {exception.GetBaseException().Message}");
            return DatabaseOutage.Caused(exception) ? 0 : 1;
        }
    }

    private static ModelSettings Models(OpenClawOptions options) => new()
    {
        OpenAiApiKey = options.OpenAiApiKey,
        OpenAiBaseUrl = options.OpenAiBaseUrl,
        AnthropicApiKey = options.AnthropicApiKey,
        AnthropicBaseUrl = options.AnthropicBaseUrl,
        Concurrency = options.ModelConcurrency,
        IdleTimeout = options.ModelIdleTimeout,
        CommandModel = options.CommandModel,
        WorkModel = options.WorkModel,
    };

    private static GateSettings Gates(OpenClawOptions options) => new()
    {
        Files = options.GateFiles,
        DatabaseConnection = options.GateDatabaseConnection.Length == 0 ? null : options.GateDatabaseConnection,
        Hosts = options.GateHosts,
    };

    // With a port of the system's choosing nobody comes after us in the same place.
    private static string Node(OpenClawOptions options) =>
        $"{Environment.MachineName}:{(options.Port == 0 ? Guid.NewGuid().ToString("N") : options.Port)}";
}
