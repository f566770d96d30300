namespace OpenClaw.Web.Hosting.Tls;

/// <summary>
/// The certificate as its files have it. They are read again when a connection comes and the last look was a second ago or
/// more, and compared as they are: what renews them may replace them, write over them or turn a link. Broken ones change nothing.
/// </summary>
internal sealed partial class RenewedCertificate(TlsFiles files, TimeProvider time, ILogger<RenewedCertificate> logger)
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    private (string Certificate, string Key) _seen;
    private string? _told;
    private long _lookedAt;
    private ServerCertificate? _current;

    /// <exception cref="FormatException">The files were never good.</exception>
    public ServerCertificate Current
    {
        get
        {
            lock (_lock)
            {
                if (_current is null || time.GetElapsedTime(_lookedAt) >= LooksAgain)
                {
                    _lookedAt = time.GetTimestamp();
                    Look();
                }

                return _current!;
            }
        }
    }

    private void Look()
    {
        try
        {
            var read = files.Read();
            if (read == _seen)
            {
                return;
            }

            var found = ServerCertificate.Parse(read.Certificate, read.Key);
            if (_current is not null)
            {
                LogRenewed(logger, found.Subject, found.Until);
            }

            (_seen, _current, _told) = (read, found, null);
        }
        catch (FormatException wrong) when (_current is not null)
        {
            // Once for each fault: of the two files one is there before the other.
            if (_told != wrong.Message)
            {
                _told = wrong.Message;
                LogBroken(logger, wrong.Message, _current.Until);
            }
        }
    }

    [LoggerMessage(EventId = 2041, Level = LogLevel.Information, Message = "New connections get the new certificate of {Subject}, good until {Until:u}.")]
    private static partial void LogRenewed(ILogger logger, string subject, DateTime until);

    [LoggerMessage(EventId = 2042, Level = LogLevel.Error, Message = "The new certificate cannot be used, and the one so far stays, good until {Until:u}: {Reason}")]
    private static partial void LogBroken(ILogger logger, string reason, DateTime until);
}
