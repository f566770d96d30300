using System.Text.Json;
using Hangfire.Common;
using Hangfire.Engine;
using Newtonsoft.Json;

namespace Hangfire.Storage;

[method: JsonConstructor]
public class InvocationData(string type, string method, string? parameterTypes, string? arguments, string? queue)
{
    public InvocationData(string type, string method, string? parameterTypes, string? arguments)
        : this(type, method, parameterTypes, arguments, null)
    {
    }

    public string Type { get; } = type;
    public string Method { get; } = method;
    public string? ParameterTypes { get; } = parameterTypes;
    public string? Arguments { get; set; } = arguments;

    [JsonProperty(NullValueHandling = NullValueHandling.Ignore)]
    public string? Queue { get; } = queue;

    public static InvocationData SerializeJob(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var name = JobMethod.NameOf(job.Type, job.Method);
        return new InvocationData(name.Type, name.Method, name.ParameterTypes, JobArguments.Serialize(job.Method, job.Args), job.Queue);
    }

    public Job DeserializeJob()
    {
        try
        {
            var method = JobMethod.Resolve(Type, Method, ParameterTypes);
            return new Job(method.Type, method.Method, JobArguments.Deserialize(method.Method, Arguments), Queue);
        }
        catch (Exception exception)
        {
            throw new JobLoadException("Could not load the job. See inner exception for the details.", exception);
        }
    }

    public string SerializePayload(bool excludeArguments = false)
    {
        if (!GlobalConfiguration.HasCompatibilityLevel(CompatibilityLevel.Version_170))
            return SerializationHelper.Serialize(
                excludeArguments ? new InvocationData(Type, Method, ParameterTypes, null, Queue) : this)!;
        return SerializationHelper.Serialize(new ShortPayload(
            Type,
            Method,
            NullIfEmpty(ParameterTypes),
            excludeArguments ? null : NullIfEmpty(Arguments),
            Queue))!;
    }

    public static InvocationData DeserializePayload(string payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (IsShort(payload))
        {
            var brief = SerializationHelper.Deserialize<ShortPayload>(payload)!;
            return new InvocationData(
                brief.Type,
                brief.Method,
                SerializationHelper.Serialize(brief.ParameterTypes ?? []),
                SerializationHelper.Serialize(brief.Arguments ?? []),
                brief.Queue);
        }
        return SerializationHelper.Deserialize<InvocationData>(payload) is { Type: not null, Method: not null } full
            ? full
            : throw new InvalidOperationException("The payload names no job.");
    }

    private static string?[]? NullIfEmpty(string? array) =>
        SerializationHelper.Deserialize<string?[]>(array) is { Length: > 0 } values ? values : null;

    private static bool IsShort(string payload)
    {
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.TryGetProperty("t", out _) && document.RootElement.TryGetProperty("m", out _);
    }

    [method: JsonConstructor]
    private sealed class ShortPayload(string t, string m, string?[]? p, string?[]? a, string? q)
    {
        [JsonProperty("t")]
        public string Type { get; } = t;

        [JsonProperty("m")]
        public string Method { get; } = m;

        [JsonProperty("p", NullValueHandling = NullValueHandling.Ignore)]
        public string?[]? ParameterTypes { get; } = p;

        [JsonProperty("a", NullValueHandling = NullValueHandling.Ignore)]
        public string?[]? Arguments { get; } = a;

        [JsonProperty("q", NullValueHandling = NullValueHandling.Ignore)]
        public string? Queue { get; } = q;
    }
}
