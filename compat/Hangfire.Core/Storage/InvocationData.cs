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
        if (SerializationHelper.Deserialize<ShortPayload>(payload) is { Type: not null, Method: not null } brief)
            return new InvocationData(
                brief.Type,
                brief.Method,
                SerializationHelper.Serialize(brief.ParameterTypes ?? []),
                SerializationHelper.Serialize(brief.Arguments ?? []),
                brief.Queue);
        return SerializationHelper.Deserialize<InvocationData>(payload) is { Type: not null, Method: not null } full
            ? full
            : throw new InvalidOperationException("The payload names no job.");
    }

    private static string?[]? NullIfEmpty(string? array) =>
        SerializationHelper.Deserialize<string?[]>(array) is { Length: > 0 } values ? values : null;

    private sealed record ShortPayload(
        [property: JsonProperty("t")] string? Type,
        [property: JsonProperty("m")] string? Method,
        [property: JsonProperty("p", NullValueHandling = NullValueHandling.Ignore)] string?[]? ParameterTypes,
        [property: JsonProperty("a", NullValueHandling = NullValueHandling.Ignore)] string?[]? Arguments,
        [property: JsonProperty("q", NullValueHandling = NullValueHandling.Ignore)] string? Queue);
}
