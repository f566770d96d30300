using System.Collections.Concurrent;
using System.Reflection;
using Hangfire.Common;
using Hangfire.Server;

namespace Hangfire.Engine;

/// <summary>Arguments in storage: a JSON array of strings, each the JSON of one value. Injected ones are stored as null.</summary>
internal static class JobArguments
{
    private static readonly ConcurrentDictionary<MethodInfo, ParameterInfo[]> Parameters = new();

    public static ParameterInfo[] ParametersOf(MethodInfo method) => Parameters.GetOrAdd(method, static m => m.GetParameters());

    public static bool IsInjected(Type type) =>
        type == typeof(CancellationToken) || type == typeof(IJobCancellationToken) || type == typeof(PerformContext);

    public static string Serialize(MethodInfo method, IReadOnlyList<object?> arguments)
    {
        if (arguments.Count == 0)
            return "[]";
        var parameters = ParametersOf(method);
        var values = arguments.Select((value, i) => value is null || IsInjected(parameters[i].ParameterType)
            ? null
            : SerializationHelper.Serialize(value, parameters[i].ParameterType, SerializationOption.User));
        return SerializationHelper.Serialize(values.ToArray(), SerializationOption.Internal)!;
    }

    public static object?[] Deserialize(MethodInfo method, string? arguments)
    {
        if (arguments is null or "[]")
            return [];
        var values = SerializationHelper.Deserialize<string?[]>(arguments)!;
        var parameters = ParametersOf(method);
        if (values.Length != parameters.Length)
            throw new InvalidOperationException(
                $"The method '{method.Name}' takes {parameters.Length} arguments, but {values.Length} are stored.");
        return [.. parameters.Select((p, i) => Deserialize(values[i], p.ParameterType))];
    }

    private static object? Deserialize(string? value, Type type)
    {
        if (!IsInjected(type) && value is not null)
            return SerializationHelper.Deserialize(value, type, SerializationOption.User);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }
}
