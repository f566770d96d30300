using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Hangfire.Common;

public partial class TypeHelper
{
    private static readonly ConcurrentDictionary<Type, string> SimpleNames = new();
    private static readonly ConcurrentDictionary<string, Type> Resolved = new();
    private static Func<Type, string>? s_serializer;
    private static Func<string, Type>? s_resolver;

    internal TypeHelper()
    {
    }

    [AllowNull]
    public static Func<string, Type> CurrentTypeResolver
    {
        get => Volatile.Read(ref s_resolver) ?? DefaultTypeResolver;
        set => Volatile.Write(ref s_resolver, value);
    }

    [AllowNull]
    public static Func<Type, string> CurrentTypeSerializer
    {
        get => Volatile.Read(ref s_serializer) ?? DefaultTypeSerializer;
        set => Volatile.Write(ref s_serializer, value);
    }

    public static string DefaultTypeSerializer(Type type) => type.AssemblyQualifiedName ?? type.Name;

    public static string SimpleAssemblyTypeSerializer(Type type) =>
        SimpleNames.GetOrAdd(type, t => CoreLibrary().Replace(AssemblyDetails().Replace(DefaultTypeSerializer(t), ""), "mscorlib"));

    /// <summary>Falls back to the simple assembly name, so that jobs outlive a new version of their assembly.</summary>
    public static Type DefaultTypeResolver(string typeName) => Resolved.GetOrAdd(typeName, name =>
        Type.GetType(name, throwOnError: false)
        ?? Type.GetType(CoreLibrary().Replace(AssemblyDetails().Replace(name, ""), "System.Private.CoreLib"), throwOnError: false)
        ?? Type.GetType(AssemblyDetails().Replace(name, ""), throwOnError: true)!);

    [GeneratedRegex(@", (Version|Culture|PublicKeyToken)=[^,\]]+")]
    private static partial Regex AssemblyDetails();

    [GeneratedRegex(@"\b(mscorlib|System\.Private\.CoreLib)\b")]
    private static partial Regex CoreLibrary();
}
