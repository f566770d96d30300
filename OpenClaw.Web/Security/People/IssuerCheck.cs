namespace OpenClaw.Web.Security.People;

/// <summary>Asks the issuer at the start, so that the first person does not wait for it, and the log says what is wrong with the settings.</summary>
internal sealed partial class IssuerCheck(Issuer issuer, ILogger<IssuerCheck> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await issuer.GetConfigurationAsync(stoppingToken);
        }
        catch (IssuerAwayException away)
        {
            LogAway(logger, away.Message);
        }
    }

    [LoggerMessage(EventId = 2404, Level = LogLevel.Warning, Message = "{Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
