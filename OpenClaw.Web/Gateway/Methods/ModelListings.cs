using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What the configured runtimes say they serve. Asked by whoever draws a menu, so they are asked once in a while, all at once, and by one caller at a time.</summary>
internal sealed class ModelListings(RuntimeCatalog runtimes, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    // Of who asks for a fresh one, and of one in which somebody could not be asked.
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private (IReadOnlyList<ProviderListing> Listings, long At)? _last;

    /// <param name="refresh">What is known is too old after seconds, and not minutes.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    public async Task<IReadOnlyList<ProviderListing>> ReadAsync(bool refresh, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < (refresh || last.Listings.Any(row => row.Listing.Status is not ListingStatus.Ready) ? LeastAge : Freshness))
            {
                return last.Listings;
            }

            var listings = await Task.WhenAll(runtimes.Configured.Select(async runtime => new ProviderListing(runtime.Provider, await runtime.ListAsync(cancellationToken))));
            _last = (listings, time.GetTimestamp());
            return listings;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}

/// <summary>The models of one runtime.</summary>
internal sealed record ProviderListing(string Provider, ModelListing Listing);
