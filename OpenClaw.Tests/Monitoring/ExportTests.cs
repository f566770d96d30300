using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>What leaves the service: traces and metrics to a collector, and lines to the log.</summary>
public sealed class ExportTests
{
    [Test]
    public async Task With_an_endpoint_traces_and_metrics_go_to_the_collector()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        await using var collector = await CollectorAsync(received);
        await using (var service = await RunningService.StartAsync(cluster: null, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single())))
        {
            await service.Api.ProvisionAsync();
        }

        Assert.That(
            received.Where(call => call.Path.EndsWith("TraceService/Export", StringComparison.Ordinal)).Select(call => call.Body),
            Has.Some.Contains("provision_agent connect_runtime").And.Some.Contains("openclaw-backend"));
        Assert.That(
            received.Where(call => call.Path.EndsWith("MetricsService/Export", StringComparison.Ordinal)).Select(call => call.Body), Has.Some.Contains("openclaw.workflow.duration"));
    }

    [Test]
    public async Task The_log_names_agent_workflow_step_and_trace_and_never_a_token_or_what_a_message_says()
    {
        using var log = new MemoryLog();
        await using var service = await RunningService.StartAsync(
            services => services.AddSingleton<ILoggerProvider>(log), cluster: null, ("LOG_LEVEL", "trace"), ("DATABASE_POOL_SIZE", "20"));
        var agent = await service.Api.ProvisionAsync();
        await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "the secret of the message" });
        await using (var client = await GatewayClient.ConnectAsync(service.Address))
        {
            await client.CallAsync("health");
        }

        var lines = log.Lines.ToList();
        Assert.That(lines, Has.Count.GreaterThan(100));
        Assert.That(lines, Has.None.Contains(RunningService.Token));
        Assert.That(lines, Has.None.Contains("the secret of the message"));
        Assert.That(lines, Has.Some.Match($@"agent {agent} workflow [0-9a-f-]{{36}} step connect_runtime attempt 1 trace ([0-9a-f]{{32}}|none)"));
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentQueue<(string, string)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/grpc";

            // An empty answer: not compressed, no bytes.
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>Keeps every line, with its scopes, as the most talkative log would write it.</summary>
    private sealed class MemoryLog : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Lines { get; } = new();

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(MemoryLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var line = new StringBuilder($"{logLevel} {category} {formatter(state, exception)} {exception}");
                log._scopes.ForEachScope((scope, text) => text.Append(" => ").Append(scope), line);
                log.Lines.Enqueue(line.ToString());
            }
        }
    }
}
