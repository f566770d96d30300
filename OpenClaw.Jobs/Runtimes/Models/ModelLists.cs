using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>Asks a provider for the names of its models, and is not kept waiting by it.</summary>
internal static class ModelLists
{
    // More than any provider has; what an endpoint of somebody's own says has no bound.
    private const int MaxModels = 500;
    private const int MaxName = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="list">Returns the document, as the provider writes it.</param>
    /// <param name="time">Of the patience.</param>
    /// <param name="cancellationToken">Nobody wants to know any more.</param>
    /// <returns>The names that the provider has; none when it could not be asked.</returns>
    public static async Task<ModelListing> AskAsync(Func<CancellationToken, Task<JsonElement>> list, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var within = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return Read(await list(within.Token));
        }
        catch (ServerErrorException refusal)
        {
            return new ModelListing(refusal.Error.Status is 401 or 403 ? ListingStatus.Rejected : ListingStatus.Unreachable, []);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new ModelListing(ListingStatus.Unreachable, []);
        }
    }

    /// <summary>Both protocols write <c>{"data":[{"id":…}]}</c>.</summary>
    internal static ModelListing Read(JsonElement document)
    {
        if (document.ValueKind is not JsonValueKind.Object || !document.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Array)
        {
            return new ModelListing(ListingStatus.Unreachable, []);
        }

        var names = data.EnumerateArray()
            .Select(model => model.ValueKind is JsonValueKind.Object && model.TryGetProperty("id", out var id) ? ForeignJson.Text(id) : null)
            .OfType<string>().Where(name => name.Length is > 0 and <= MaxName && ForeignText.IsLine(name)).Distinct().Take(MaxModels);
        return new ModelListing(ListingStatus.Ready, [.. names.Order(StringComparer.Ordinal)]);
    }
}
