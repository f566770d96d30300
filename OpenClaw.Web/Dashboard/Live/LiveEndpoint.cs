using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenClaw.Web.Dashboard.Live;

/// <summary>The stream of a page: it says that there is something new, and the page asks for itself again.</summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    public static ServerSentEventsResult<string> Stream(LivePulse pulse, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(EventsAsync(pulse, lifetime.ApplicationStopping, cancellationToken));

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        LivePulse pulse, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        yield return new SseItem<string>("", "hello") { ReconnectionInterval = Reconnect };
        await using var versions = pulse.ListenAsync(ended.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(versions))
            yield return new SseItem<string>(versions.Current.ToString(System.Globalization.CultureInfo.InvariantCulture), "changed");
    }

    // Neither a page that is closed nor a service that stops is an error.
    private static async Task<bool> NextAsync(IAsyncEnumerator<long> versions)
    {
        try
        {
            return await versions.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
