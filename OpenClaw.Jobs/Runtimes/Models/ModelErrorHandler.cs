using System.Globalization;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>Turns what goes wrong on the way into <see cref="ModelErrors"/>, in one way for every vendor's package.</summary>
internal sealed class ModelErrorHandler(ModelErrors errors, TimeProvider time) : DelegatingHandler(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
{
    // A provider that says "tomorrow" is asked before that all the same: somebody may have raised the limit.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>A client whose patience is the caller's.</summary>
    public static HttpClient CreateClient(ModelErrors errors, TimeProvider time) => new(new ModelErrorHandler(errors, time)) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw errors.Unreachable(exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw errors.From(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), RetryAfter(response));
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var said = response.Headers.TryGetValues("retry-after-ms", out var values) && double.TryParse(values.First(), CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - time.GetUtcNow(),
                _ => (TimeSpan?)null,
            };
        return said is not { } wait || wait < TimeSpan.Zero ? null : wait < LongestWait ? wait : LongestWait;
    }
}
