using System.Buffers.Text;
using System.Text.Json;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Reads pictures as clients send them: as data URLs, or as base64 with a type. Addresses are not fetched.</summary>
internal sealed class PictureReader
{
    /// <summary>Of one request, with those of its earlier messages.</summary>
    public const int MaxPictures = 20;

    /// <summary>Characters of base64 of one request: about 7.5 MB of pictures.</summary>
    public const int MaxCharacters = 10 * 1024 * 1024;

    // With its type in front.
    private const int MaxUrl = MaxCharacters + 1_024;

    private const string Rule = "a picture must be given as data:image/png;base64,… (or jpeg, gif, webp); addresses are not fetched";

    private static readonly string[] MediaTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    // How base64 of each begins.
    private static readonly (string Beginning, string MediaType)[] Signatures =
        [("iVBORw0KGgo", "image/png"), ("/9j/", "image/jpeg"), ("R0lGOD", "image/gif"), ("UklGR", "image/webp")];

    private int _pictures;
    private long _characters;

    /// <param name="url"><c>data:{type};base64,{data}</c>.</param>
    /// <param name="where">The field, for messages.</param>
    /// <exception cref="GatewayException">It is no picture of a kind that models see.</exception>
    public Picture FromUrl(string url, string where)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? [] : url[..comma].Split(';');
        return head is [{ } scheme, .., { } encoding] && scheme.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && encoding.Trim().Equals("base64", StringComparison.OrdinalIgnoreCase)
            ? FromBase64(scheme["data:".Length..], url[(comma + 1)..], where)
            : throw Wrong(where, Rule);
    }

    /// <param name="mediaType">Null where the client does not say: then the data tells.</param>
    /// <param name="data">Base64.</param>
    /// <param name="where">The field, for messages.</param>
    /// <exception cref="GatewayException">It is no picture of a kind that models see.</exception>
    public Picture FromBase64(string? mediaType, string data, string where)
    {
        var type = mediaType?.Trim().ToLowerInvariant() is { Length: > 0 } given
            ? given == "image/jpg" ? "image/jpeg" : given
            : Array.Find(Signatures, signature => data.StartsWith(signature.Beginning, StringComparison.Ordinal)).MediaType;
        if (type is null || !MediaTypes.Contains(type))
        {
            throw Wrong(where, $"only pictures can be attached: {string.Join(", ", MediaTypes)}");
        }

        if (data.Length == 0 || !Base64.IsValid(data))
        {
            throw Wrong(where, "the picture is not valid base64");
        }

        if (++_pictures > MaxPictures || (_characters += data.Length) > MaxCharacters)
        {
            throw Wrong(where, $"a request may hold up to {MaxPictures} pictures, of {MaxCharacters / 1024 / 1024} MiB of base64 together");
        }

        return new Picture(type, data);
    }

    /// <summary>The pictures of <c>attachments</c>, as clients of the protocol send them.</summary>
    /// <exception cref="GatewayException">One of them is none.</exception>
    public static IReadOnlyList<Picture> Attachments(GatewayParams given)
    {
        var reader = new PictureReader();
        return [.. given.Items("attachments").Select((item, index) => reader.Attachment(item, given.Within($"attachments/{index}", item)))];
    }

    private Picture Attachment(JsonElement item, GatewayParams attachment)
    {
        var where = attachment.Where;
        if (item.TryGetProperty("source", out _) && attachment.Nested("source") is { } source)
        {
            return FromBase64(source.OptionalText("media_type"), source.Text("data", MaxCharacters), where);
        }

        var content = attachment.OptionalText("content", MaxUrl) ?? attachment.OptionalText("data", MaxUrl) ?? attachment.OptionalText("url", MaxUrl) ?? throw Wrong(where, Rule);
        return content.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? FromUrl(content, where)
            : content.Contains("://", StringComparison.Ordinal) ? throw Wrong(where, Rule)
            : FromBase64(attachment.OptionalText("mimeType"), content, where);
    }

    private static GatewayException Wrong(string where, string rule) => GatewayException.Invalid($"{where}: {rule}.");
}
