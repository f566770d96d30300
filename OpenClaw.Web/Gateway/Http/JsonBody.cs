using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Reads bodies for the endpoints whose errors have a shape of their own, whatever Content-Type they come with.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ProtocolJson.MaxDepth };

    /// <summary>Whether a text of the body is no valid Unicode, which shows when it is read.</summary>
    public static bool IsBadText(InvalidOperationException exception) => exception.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) is true;

    /// <summary>Null for a member that is absent or null, and for what has none.</summary>
    public static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    /// <param name="context">The request.</param>
    /// <param name="maxBytes">More is refused.</param>
    /// <returns>The body, or what is wrong with it.</returns>
    public static async Task<(JsonElement Body, BodyProblem? Problem)> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Options, context.RequestAborted);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException exception)
        {
            return (default, new BodyProblem(StatusCodes.Status400BadRequest, $"The body is not JSON of up to {ProtocolJson.MaxDepth} levels: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}."));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, new BodyProblem(StatusCodes.Status413PayloadTooLarge, $"The body may have up to {maxBytes / 1024} KiB."));
        }
    }
}

/// <param name="Status">Of the answer.</param>
/// <param name="Message">For people.</param>
internal sealed record BodyProblem(int Status, string Message);
