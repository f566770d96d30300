using System.Globalization;
using System.Text.Json;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Web.Gateway;

/// <summary>
/// The parameters of a request. Objects are closed and <c>null</c> stands for nothing, as in the real gateway: what is
/// wrong is told in its words.
/// </summary>
internal sealed class GatewayParams
{
    private static readonly long LatestMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly string _method;
    private readonly JsonElement _object;

    /// <param name="method">Named in messages.</param>
    /// <param name="given">Absent or an object.</param>
    /// <param name="known">What the method takes; empty takes anything.</param>
    public GatewayParams(string method, JsonElement given, IReadOnlyCollection<string> known)
    {
        _method = method;
        _object = given;
        if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return;

        if (given.ValueKind is not JsonValueKind.Object)
            throw Wrong("must be object");

        foreach (var property in given.EnumerateObject())
        {
            if (known.Count > 0 && !known.Contains(property.Name))
                throw Wrong($"at root: unexpected property '{property.Name}'");
        }
    }

    public string Text(string name) => OptionalText(name) ?? throw Wrong($"must have required property '{name}'");

    public string? OptionalText(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        if (value.ValueKind is not JsonValueKind.String)
            throw Wrong($"at /{name}: must be string");

        var text = value.GetString()!;
        if (text.Contains('\0'))
            throw Wrong($"at /{name}: must not contain NUL");

        return text;
    }

    /// <summary>Text that says something.</summary>
    public string Filled(string name) => Text(name) is { Length: > 0 } text ? text : throw Wrong($"at /{name}: must NOT have fewer than 1 characters");

    public int Number(string name, int fallback, int least, int most)
    {
        if (!TryGet(name, out var value))
            return fallback;
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var number) || double.IsNaN(number))
            throw Wrong($"at /{name}: must be integer");

        return (int)Math.Clamp(number, least, most);
    }

    public bool Flag(string name, bool fallback)
    {
        if (!TryGet(name, out var value))
            return fallback;

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"at /{name}: must be boolean");
    }

    public Guid Uuid(string name) => Guid.TryParse(Text(name), out var uuid) ? uuid : throw Wrong($"at /{name}: must be a uuid");

    public IReadOnlyList<Guid> Uuids(string name, int most)
    {
        Required(name);
        var texts = Texts(name);
        if (texts.Count is 0 || texts.Count > most)
            throw Wrong($"at /{name}: must have 1 to {most} items");
        return [.. texts.Select(text => Guid.TryParse(text, out var uuid) ? uuid : throw Wrong($"at /{name}: must be uuids"))];
    }

    /// <summary>Empty when it is not given.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!TryGet(name, out var list))
            return [];
        if (list.ValueKind is not JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
            throw Wrong($"at /{name}: must be array");
        return [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>Null when it is not given.</summary>
    public T? OneOf<T>(string name)
        where T : struct, Enum
    {
        if (OptionalText(name) is not { } text)
            return null;
        return EnumText.TryParse<T>(text, out var value) ? value : throw Wrong($"at /{name}: must be equal to one of the allowed values");
    }

    public JsonElement? Object(string name)
    {
        if (!TryGet(name, out var value))
            return null;

        return value.ValueKind is JsonValueKind.Object ? value : throw Wrong($"at /{name}: must be object");
    }

    /// <summary>An object within; null when there is none.</summary>
    public GatewayParams? Nested(string name, params string[] known) => Object(name) is { } value ? new GatewayParams(_method, value, known) : null;

    /// <summary>ISO 8601, UTC unless it says otherwise, or milliseconds since 1970; null when there is none.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (!TryGet(name, out var value))
            return null;

        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : OptionalText(name);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= LatestMs)
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw Wrong($"at /{name}: must be a time in ISO 8601, such as 2027-01-31T08:00:00Z, or milliseconds since 1970");
    }

    public void Required(string name)
    {
        if (!TryGet(name, out _))
            throw Wrong($"must have required property '{name}'");
    }

    public GatewayException Wrong(string what) => GatewayException.Invalid($"invalid {_method} params: {what}");

    private bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _object.ValueKind is JsonValueKind.Object && _object.TryGetProperty(name, out value);
    }
}
