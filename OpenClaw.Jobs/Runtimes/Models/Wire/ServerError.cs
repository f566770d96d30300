using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>What a model server says is wrong, in whichever of the usual ways.</summary>
/// <param name="Status">As HTTP has it, or as the error's own code means it; null where neither says.</param>
/// <param name="Words">The server's own words.</param>
internal sealed partial record ServerError(int? Status, string Words)
{
    /// <summary>Bytes of an error that are read; what is behind them is not.</summary>
    public const int MaxLength = 64 * 1024;

    // What the kinds of errors are called by OpenAI, Anthropic, Google, vLLM, TGI and llama.cpp, in small letters and without
    // what separates the words.
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        ["invalidrequesterror"] = 400,
        ["badrequest"] = 400,
        ["badrequesterror"] = 400,
        ["invalidargument"] = 400,
        ["validation"] = 400,
        ["validationerror"] = 400,
        ["exceedcontextsizeerror"] = 400,
        ["contextlengthexceeded"] = 400,
        ["contextwindowexceedederror"] = 400,
        ["authenticationerror"] = 401,
        ["unauthenticated"] = 401,
        ["invalidapikey"] = 401,
        ["billingerror"] = 402,
        ["permissionerror"] = 403,
        ["permissiondenied"] = 403,
        ["notfounderror"] = 404,
        ["notfound"] = 404,
        ["modelnotfound"] = 404,
        ["requesttoolarge"] = 413,
        ["ratelimiterror"] = 429,
        ["ratelimitexceeded"] = 429,
        ["resourceexhausted"] = 429,
        ["insufficientquota"] = 429,
        ["apierror"] = 500,
        ["servererror"] = 500,
        ["internal"] = 500,
        ["internalservererror"] = 500,
        ["generation"] = 500,
        ["unavailable"] = 503,
        ["unavailableerror"] = 503,
        ["serviceunavailable"] = 503,
        ["serviceunavailableerror"] = 503,
        ["timeouterror"] = 504,
        ["deadlineexceeded"] = 504,
        ["overloadederror"] = 529,
        ["overloaded"] = 529,
    };

    /// <summary>After how long the server wants to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the error is called, for programs.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The answer was a page for people.</summary>
    public bool IsPage { get; init; }

    /// <summary>It came within a reply that had begun, and not instead of one.</summary>
    public bool IsWithinReply { get; init; }

    /// <summary>Where the server wants the request sent instead.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Words and codes, to look for something in.</summary>
    public string All => field ??= string.Join(' ', Codes.Prepend(Words));

    /// <summary>Reads the body of an answer that is an error, or is no reply.</summary>
    public static ServerError Read(int? status, string body)
    {
        var text = body.Trim();
        if (text.StartsWith('<'))
        {
            var title = Title().Match(text);
            return new ServerError(status, title.Success ? title.Groups["title"].Value.Trim() : "") { IsPage = true };
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(status, json.RootElement);
        }
        catch (JsonException)
        {
            return new ServerError(status, text);
        }
    }

    /// <summary>The error in a document of a stream, or in a whole answer; null where it has none.</summary>
    /// <param name="document">What came.</param>
    /// <param name="name">Of the event.</param>
    public static ServerError? Find(JsonElement document, string? name)
    {
        if (document.ValueKind is JsonValueKind.Array && document.GetArrayLength() > 0)
        {
            return Find(document[0], name);
        }

        if (document.ValueKind is not JsonValueKind.Object)
        {
            return name == "error" ? new ServerError(null, TextOf(document)) : null;
        }

        var isError = name == "error"
            || (document.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String && !IsEmpty(error))
            || (document.TryGetProperty("object", out var kind) && kind.ValueKind is JsonValueKind.String && kind.ValueEquals("error"))
            || (document.TryGetProperty("type", out var type) && ForeignJson.Is(type, "error"))
            || (document.TryGetProperty("detail", out _) && !document.TryGetProperty("choices", out _));
        return isError ? Read(status: null, document) : null;
    }

    private static ServerError Read(int? status, JsonElement document)
    {
        if (document.ValueKind is JsonValueKind.Array && document.GetArrayLength() > 0)
        {
            return Read(status, document[0]);
        }

        var error = document.ValueKind is JsonValueKind.Object && document.TryGetProperty("error", out var inner) && !IsEmpty(inner) ? inner : document;
        var codes = (error.ValueKind is JsonValueKind.Object ? CodesOf(error) : []).Concat(document.ValueKind is JsonValueKind.Object ? CodesOf(document) : []).Distinct().ToList();
        return new ServerError(status ?? StatusOf(codes), WordsOf(error)) { Codes = codes };
    }

    private static IEnumerable<string> CodesOf(JsonElement error)
    {
        foreach (var name in (string[])["code", "type", "status", "error_type", "param", "__type"])
        {
            if (error.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                yield return ForeignText.Clean(TextOf(value), 100);
            }
        }
    }

    private static int? StatusOf(IEnumerable<string> codes)
    {
        foreach (var code in codes)
        {
            if (int.TryParse(code, CultureInfo.InvariantCulture, out var number) && number is >= 300 and < 600)
            {
                return number;
            }
        }

        return codes.Select(code => Separators().Replace(code, "").ToLowerInvariant())
            .Select(code => Statuses.TryGetValue(code, out var status) ? status : (int?)null).FirstOrDefault(status => status is not null);
    }

    private static string WordsOf(JsonElement error)
    {
        switch (error.ValueKind)
        {
            case JsonValueKind.Array:
                return string.Join("; ", error.EnumerateArray().Take(5).Select(WordsOf));
            case JsonValueKind.Object:
                foreach (var name in (string[])["message", "msg", "detail", "error_description", "error", "errors", "title"])
                {
                    if (error.TryGetProperty(name, out var value) && !IsEmpty(value))
                    {
                        var place = error.TryGetProperty("loc", out var loc) && loc.ValueKind is JsonValueKind.Array ? $"{string.Join('.', loc.EnumerateArray().Select(TextOf))}: " : "";
                        return place + WordsOf(value);
                    }
                }

                return error.GetRawTextOrNothing();
            default:
                return TextOf(error);
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : value.GetRawTextOrNothing();

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => true,
        JsonValueKind.String => ForeignJson.Is(value, ""),
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    [GeneratedRegex(@"<title[^<>]{0,200}>(?<title>[^<]{1,300})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"[\s_.\-]")]
    private static partial Regex Separators();
}

/// <summary>Carries a <see cref="ServerError"/> to where it is known what it means.</summary>
internal sealed class ServerErrorException(ServerError error) : Exception(error.Words)
{
    public ServerError Error { get; } = error;

    /// <summary>Of a document that came instead of a reply.</summary>
    public static ServerErrorException NoReply(byte[] data) =>
        new(ServerError.Read(status: null, Encoding.UTF8.GetString(data.AsSpan(0, Math.Min(data.Length, ServerError.MaxLength)))));
}

internal static class JsonElementExtensions
{
    /// <summary>The JSON as it stands, whatever bytes are in its strings.</summary>
    public static string GetRawTextOrNothing(this JsonElement element) =>
        element.ValueKind is JsonValueKind.Undefined ? "" : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));
}
