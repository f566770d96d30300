using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenClaw.Web.Health;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Hosting;

/// <summary>Says in one line what runs where, once it is reachable.</summary>
internal sealed partial class StartAnnouncement(
    IServer server, OpenClawOptions options, AuthToken token, EndpointDataSource routes, IHostApplicationLifetime lifetime, ILogger<StartAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);

        // To make the delegates of all routes takes a while: not before the service is reachable, and not with somebody's first request.
        lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => routes.Endpoints, CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var urls = string.Join(" ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        var database = DatabaseUrl.Place(options.DatabaseConnection);
        LogServing(logger, urls, ServiceVersion.Engine, database, token.Source);
        if (options.AuthToken is { Length: < OpenClawOptionsValidator.StrongToken })
        {
            LogWeakToken(logger, OpenClawOptionsValidator.StrongToken);
        }
    }

    [LoggerMessage(EventId = 2011, Level = LogLevel.Information, Message = "Serving {Urls} · engine {Engine} · database {Database} · token: {TokenSource}")]
    private static partial void LogServing(ILogger logger, string urls, string engine, string database, string tokenSource);

    [LoggerMessage(EventId = 2012, Level = LogLevel.Warning, Message = "AUTH_TOKEN has fewer than {Length} characters; a short one can be guessed.")]
    private static partial void LogWeakToken(ILogger logger, int length);
}
