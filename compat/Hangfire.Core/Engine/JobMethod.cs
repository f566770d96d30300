using System.Collections.Concurrent;
using System.Reflection;
using Hangfire.Common;

namespace Hangfire.Engine;

/// <summary>A job's method: how it is named in storage, found again, and checked.</summary>
internal sealed record JobMethod(Type Type, MethodInfo Method)
{
    private static readonly ConcurrentDictionary<(Func<string, Type>, string, string, string?), JobMethod> Resolved = new();
    private static readonly ConcurrentDictionary<(Func<Type, string>, Type, MethodInfo), StoredName> Names = new();
    private static readonly ConcurrentDictionary<(Type, MethodInfo), bool> Valid = new();

    public static StoredName NameOf(Type type, MethodInfo method) =>
        Names.GetOrAdd((TypeHelper.CurrentTypeSerializer, type, method), static key => new StoredName(
            key.Item1(key.Item2),
            key.Item3.Name,
            SerializationHelper.Serialize(key.Item3.GetParameters().Select(p => key.Item1(p.ParameterType)).ToArray())!));

    public static JobMethod Resolve(string typeName, string methodName, string? parameterTypes) =>
        Resolved.GetOrAdd((TypeHelper.CurrentTypeResolver, typeName, methodName, parameterTypes), static key =>
        {
            var (resolve, typeName, methodName, parameterTypes) = key;
            var type = resolve(typeName);
            var parameters = SerializationHelper.Deserialize<string[]>(parameterTypes)?.Select(resolve).ToArray() ?? [];
            return new JobMethod(type, Find(type, methodName, parameters) ?? throw new InvalidOperationException(
                $"The type '{type.FullName}' does not contain a method with signature '{methodName}({string.Join(", ", parameters.Select(p => p.Name))})'."));
        });

    public static void Validate(Type type, MethodInfo method, int argumentCount)
    {
        if (method.GetParameters().Length != argumentCount)
            throw new ArgumentException($"The method '{method.Name}' takes another number of arguments.");
        Valid.GetOrAdd((type, method), static key => Check(key.Item1, key.Item2));
    }

    private static bool Check(Type type, MethodInfo method)
    {
        if (!method.IsPublic)
            throw new NotSupportedException($"Only public methods can be jobs; '{method.Name}' is not public.");
        if (method.ContainsGenericParameters || method.IsGenericMethod || type.ContainsGenericParameters)
            throw new NotSupportedException($"Generic methods and open generic types cannot be jobs: '{type}.{method.Name}'.");
        if (method.DeclaringType is { } declaring && !declaring.IsAssignableFrom(type))
            throw new ArgumentException($"The type '{declaring}' must be derived from '{type}'.");
        if (method.GetParameters().Any(p => p.ParameterType.IsByRef || p.IsOut))
            throw new NotSupportedException("Parameters by reference have no use for a job: the value would be lost.");
        return true;
    }

    private static MethodInfo? Find(Type type, string name, Type[] parameters) =>
        type.GetMethod(name, parameters)
        ?? type.GetInterfaces().Select(i => i.GetMethod(name, parameters)).FirstOrDefault(m => m is not null);

    internal sealed record StoredName(string Type, string Method, string ParameterTypes);
}
