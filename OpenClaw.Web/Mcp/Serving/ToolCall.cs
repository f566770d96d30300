using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>What somebody wants of a tool, with its arguments checked for being there, known and whole.</summary>
internal sealed class ToolCall
{
    // The audit has it for who has shown the token; a key has its own name there.
    private const string Door = "mcp";

    private readonly IDictionary<string, JsonElement> _given;
    private readonly JsonSerializerOptions _json;

    /// <exception cref="ToolRefusedException">An argument is missing, unknown, or no text that can be kept.</exception>
    public ToolCall(Tool tool, IDictionary<string, JsonElement>? given, ClaimsPrincipal user, Confirmation confirmation, JsonSerializerOptions json, CancellationToken cancelled)
    {
        (Tool, _given, Caller, Confirmation, _json, Cancelled) = (tool, given ?? new Dictionary<string, JsonElement>(), user.ToCaller(Door), confirmation, json, cancelled);
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, value) in _given)
        {
            var shown = ForeignText.Quote(name);
            if (tool.Arguments.All(argument => argument.Name != name))
            {
                errors[shown] = [$"{shown} is not an argument here; there are {string.Join(", ", tool.Arguments.Select(argument => argument.Name))}."];
            }
            else if (!ForeignJson.IsWhole(value))
            {
                errors[shown] = [$"{shown} must be valid Unicode without NUL characters."];
            }
        }

        foreach (var missing in tool.Arguments.Where(argument => argument.IsRequired && Find(argument.Name) is null))
        {
            errors[missing.Name] = [$"{missing.Name} is needed here."];
        }

        Require(errors.Count == 0 ? null : new Refusal.Invalid(errors));
    }

    public Tool Tool { get; }

    public Caller Caller { get; }

    public Confirmation Confirmation { get; }

    public CancellationToken Cancelled { get; }

    /// <summary>The answer is wanted whole.</summary>
    public bool IsWhole => Flag(ToolArgument.Full.Name) is true;

    /// <summary>Makes a repetition harmless; null for none.</summary>
    public RequestKey? Key
    {
        get
        {
            if (Text(ToolArgument.IdempotencyKey.Name) is not { } key)
            {
                return null;
            }

            return IdempotencyHeader.IsKey(key)
                ? new RequestKey(Caller.Owner, key, Fingerprint())
                : throw ToolRefusedException.Wrong(ToolArgument.IdempotencyKey.Name, $"{ToolArgument.IdempotencyKey.Name} must have {IdempotencyHeader.Rule}.");
        }
    }

    public string? Text(string name) => Find(name) is not { } value ? null : value.ValueKind is JsonValueKind.String ? value.GetString() : throw Wrong(name, "text");

    public bool? Flag(string name) => Find(name) is not { } value ? null : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");

    public int? Number(string name) => Find(name) is not { } value ? null : value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number");

    /// <summary>A place in a list whose rows are numbered.</summary>
    public long? Position(string name) => Find(name) is not { } value ? null : value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "a whole number");

    /// <summary>So many rows a page.</summary>
    public int Limit()
    {
        var rules = new QueryRules();
        var limit = rules.Limit(Number(ToolArgument.Limit.Name));
        Require(rules.Problem);
        return limit;
    }

    public Guid? Id(string name) => Text(name) is not { } text ? null : Guid.TryParse(text, out var id) ? id : throw Wrong(name, "a uuid");

    public DateTimeOffset? Instant(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out var instant) ? instant.ToUniversalTime() : throw Wrong(name, "a time such as 2030-01-31T08:00:00Z");

    /// <summary>The arguments as a request of the REST API, which says itself what it may hold.</summary>
    /// <param name="without">Those that are none of the request's.</param>
    public T Request<T>(params string[] without)
    {
        string[] ours = [.. without, ToolArgument.IdempotencyKey.Name, ToolArgument.Full.Name, ToolArgument.Confirm.Name];
        var json = JsonSerializer.SerializeToElement(_given.Where(argument => !ours.Contains(argument.Key)).ToDictionary());
        try
        {
            return json.Deserialize<T>(_json)!;
        }
        catch (JsonException exception) when (BadRequests.Errors(typeof(T), exception, _json) is { } errors)
        {
            throw ToolRefusedException.Of(new Refusal.Invalid(errors));
        }
    }

    /// <exception cref="ToolRefusedException">There is something wrong.</exception>
    public static void Require(Refusal? problem)
    {
        if (problem is not null)
        {
            throw ToolRefusedException.Of(problem);
        }
    }

    private JsonElement? Find(string name) => _given.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', _given.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => $"{argument.Key} {argument.Value.GetRawText()}").Prepend($"{Door} {Tool.Name}"))));

    private static ToolRefusedException Wrong(string name, string allowed) => ToolRefusedException.Wrong(name, $"{name} must be {allowed}.");
}
