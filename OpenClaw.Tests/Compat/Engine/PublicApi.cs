using System.Reflection;
using System.Text.RegularExpressions;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>Lists an assembly's public surface, one line a type or member: the form of the listings in compat/api.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Describe).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Describe(Type type)
    {
        var bases = type.GetInterfaces().Append(type.BaseType).OfType<Type>()
            .Where(b => b.IsVisible && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum))
            .Select(Name)
            .Order(StringComparer.Ordinal)
            .ToArray();
        yield return $"{Name(type)} : {Kind(type)}" + (bases.Length > 0 ? " : " + string.Join(", ", bases) : "");
        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
            yield return $"{Name(type)}.{field.Name} : {(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)}";
        foreach (var method in type.GetMethods(Declared).Where(IsSeen))
            yield return $"{Name(type)}.{method.Name}{Generic(method)}({Parameters(method)}) : {Modifiers(method)}{Name(method.ReturnType)}";
        foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsSeen(c)))
            yield return $"{Name(type)}.new({Parameters(constructor)}){(constructor.IsPublic ? "" : " : protected")}";
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static string Modifiers(MethodInfo method) =>
        (method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "")
        + (method.IsPublic ? "" : "protected ");

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "") + Name(p.ParameterType) + " " + p.Name + (p.HasDefaultValue ? " = default" : "")));

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        var name = (type.FullName ?? $"{type.Namespace}.{type.Name}").Split('[')[0].Replace('+', '.');
        return type.IsGenericType
            ? $"{Regex.Replace(name, @"`\d+", "")}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}
