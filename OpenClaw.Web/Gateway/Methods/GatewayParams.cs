using System.Text.Json;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Gateway.Members;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>
/// The parameters of a request. Objects are closed and <c>null</c> stands for nothing, as in the real gateway: what is
/// wrong is told in its words. A text is bounded, whole, and but for long ones a line; what the caller wrote is quoted short.
/// </summary>
internal sealed partial class GatewayParams
{
    /// <summary>Characters of a text that is a name, an id, a key or a word.</summary>
    public const int MaxShort = 255;

    private const int MaxTexts = 100;

    private readonly string _method;
    private readonly JsonElement _object;
    private readonly string? _path;
    private readonly bool _nullIsAbsent;

    /// <param name="method">Named in messages.</param>
    /// <param name="given">Absent or an object.</param>
    /// <param name="known">What the method reads; empty takes anything. What else clients send is in <see cref="ClientMembers"/>.</param>
    /// <param name="path">Where the object stands in the parameters; null for the parameters themselves.</param>
    /// <param name="nullIsAbsent">Otherwise <c>null</c> is a value of a wrong type.</param>
    public GatewayParams(string method, JsonElement given, IReadOnlyCollection<string> known, string? path = null, bool nullIsAbsent = false)
    {
        (_method, _path, _nullIsAbsent) = (method, path, nullIsAbsent);
        _object = given;
        if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return;
        }

        if (given.ValueKind is not JsonValueKind.Object)
        {
            throw Wrong("must be object");
        }

        foreach (var property in given.EnumerateObject())
        {
            var name = NameOf(property);
            if (ForeignText.IsWhole(name) && (known.Count == 0 || known.Contains(name)))
            {
                continue;
            }

            var place = path is null ? name : $"{path}/{name}";
            if (ClientMembers.Find(method, place) is not { } member)
            {
                throw Wrong($"at {(path is null ? "root" : $"/{path}")}: unexpected property '{ForeignText.Quote(name)}'");
            }

            if (member.IsRefused(property.Value))
            {
                throw Wrong($"at /{place}: {member.Reason}");
            }
        }
    }

    /// <summary>A member's name; of one that cannot be read something that nobody knows.</summary>
    public static string NameOf(JsonProperty member) => ForeignJson.TryName(member, out var name) ? name : "\ufffd\0";

    public string Text(string name, int most = MaxShort) => OptionalText(name, most) ?? throw Missing(name);

    /// <param name="name">The property.</param>
    /// <param name="most">UTF-16 units. What may have more than <see cref="MaxShort"/> may have lines, too.</param>
    public string? OptionalText(string name, int most = MaxShort)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            throw Wrong($"at {At(name)}: must be string");
        }

        if (!ForeignJson.TryText(value, out var text))
        {
            throw Wrong($"at {At(name)}: must be valid Unicode and must not contain NUL");
        }

        if (text.Length > most)
        {
            throw Wrong($"at {At(name)}: must NOT have more than {most} characters");
        }

        if (most <= MaxShort && !ForeignText.IsLine(text))
        {
            throw Wrong($"at {At(name)}: must not contain control characters");
        }

        return text;
    }

    /// <summary>Text that says something.</summary>
    public string Filled(string name, int most = MaxShort) =>
        Text(name, most) is { Length: > 0 } text ? text : throw Wrong($"at {At(name)}: must NOT have fewer than 1 characters");

    /// <summary>What a model or a process has said: it is not refused for its characters, which are not its caller's, nor for its length.</summary>
    public string? Said(string name, int most)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return ForeignJson.Text(value) is { } text ? ForeignText.Clean(text, most) : throw Wrong($"at {At(name)}: must be string");
    }

    public Guid Uuid(string name) => Guid.TryParse(Text(name), out var uuid) ? uuid : throw Wrong($"at {At(name)}: must be a uuid");

    public IReadOnlyList<Guid> Uuids(string name, int most)
    {
        Required(name);
        var texts = Texts(name, int.MaxValue);
        if (texts.Count is 0 || texts.Count > most)
        {
            throw Wrong($"at {At(name)}: must have 1 to {most} items");
        }

        return [.. texts.Select(text => Guid.TryParse(text, out var uuid) ? uuid : throw Wrong($"at {At(name)}: must be uuids"))];
    }

    /// <summary>Empty when it is not given.</summary>
    public IReadOnlyList<string> Texts(string name, int most = MaxTexts)
    {
        if (!TryGet(name, out var list))
        {
            return [];
        }

        if (list.ValueKind is not JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            throw Wrong($"at {At(name)}: must be array");
        }

        if (list.GetArrayLength() > most)
        {
            throw Wrong($"at {At(name)}: must NOT have more than {most} items");
        }

        return [.. list.EnumerateArray().Select(item => ForeignJson.TryText(item, out var text) && text.Length <= MaxShort && ForeignText.IsLine(text)
            ? text
            : throw Wrong($"at {At(name)}: must be texts of up to {MaxShort} characters of valid Unicode without control characters"))];
    }

    /// <summary>Null when it is not given.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        return EnumText.TryParse<T>(text, out var value) ? value : throw Wrong($"at {At(name)}: must be equal to one of the allowed values");
    }

    public JsonElement? Object(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Object ? value : throw Wrong($"at {At(name)}: must be object");
    }

    /// <summary>An object within; null when there is none.</summary>
    public GatewayParams? Nested(string name, params string[] known) =>
        Object(name) is { } value ? new GatewayParams(_method, value, known, _path is null ? name : $"{_path}/{name}") : null;

    /// <summary>Whatever it is; null when it is not given, or cannot be kept.</summary>
    public JsonElement? Any(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return ForeignJson.IsWhole(value) ? value : throw Wrong($"at /{name}: must be valid Unicode and must not contain NUL");
    }

    /// <summary>A list of anything; empty when it is not given.</summary>
    public IReadOnlyList<JsonElement> Items(string name) =>
        !TryGet(name, out var list) ? [] : list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray()] : throw Wrong($"at {At(name)}: must be array");

    /// <summary>An object of such a list.</summary>
    public GatewayParams Within(string path, JsonElement item) =>
        item.ValueKind is JsonValueKind.Object ? new GatewayParams(_method, item, [], path) : throw Wrong($"at /{path}: must be object");

    /// <summary>For messages: the method, and the place within its parameters.</summary>
    public string Where => $"invalid {_method} params: at {(_path is null ? "root" : $"/{_path}")}";

    /// <summary>It is there and <c>null</c>, where that takes something away.</summary>
    public bool IsNull(string name) => TryGet(name, out var value) && value.ValueKind is JsonValueKind.Null;

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Whether it is this word, where it may be something else than a text, too.</summary>
    public bool IsText(string name, string word) => TryGet(name, out var value) && ForeignJson.Is(value, word);

    public void Required(string name)
    {
        if (!TryGet(name, out _))
        {
            throw Missing(name);
        }
    }

    private GatewayException Missing(string name) => Wrong(_path is null ? $"must have required property '{name}'" : $"at /{_path}: must have required property '{name}'");

    // Its place in the parameters, whatever object it is in.
    private string At(string name) => _path is null ? $"/{name}" : $"/{_path}/{name}";

    public GatewayException Wrong(string what) => GatewayException.Invalid($"invalid {_method} params: {what}");

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _object.ValueKind is JsonValueKind.Object && _object.TryGetProperty(name, out value) && !(_nullIsAbsent && value.ValueKind is JsonValueKind.Null);
    }
}
