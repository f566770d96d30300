using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>
/// Which types a stored job may name: the classes that Hangfire calls, what their methods take, and Hangfire's states. Whoever can write
/// Hangfire's tables could otherwise have any public method of any loaded assembly called.
/// </summary>
public static class JobTypes
{
    private static readonly HashSet<Type> Parameters =
    [
        typeof(PerformContext), typeof(IJobCancellationToken), typeof(CancellationToken), typeof(Guid), typeof(string), typeof(int), typeof(long), typeof(bool),
    ];

    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly ConcurrentDictionary<string, Type> Classes = new();
    private static readonly ConcurrentDictionary<string, Type> Resolved = new();

    /// <summary>Lets jobs name one more class.</summary>
    /// <param name="jobs">The class.</param>
    /// <param name="storedAs">
    /// The name by which databases know it, as <c>Namespace.Class, Assembly</c>, wherever the class is now: nodes of two builds work on
    /// the same jobs. Null for the name that it has.
    /// </param>
    public static void Allow(Type jobs, string? storedAs = null)
    {
        Names[jobs] = storedAs ?? TypeHelper.SimpleAssemblyTypeSerializer(jobs);
        Classes[Names[jobs]] = jobs;
    }

    /// <summary>Whether jobs may call methods of the type: what a method takes has methods too.</summary>
    public static bool IsClass(Type type) => Names.ContainsKey(type);

    /// <summary>The name under which jobs store a type.</summary>
    public static string NameOf(Type type) => Names.GetValueOrDefault(type) ?? TypeHelper.SimpleAssemblyTypeSerializer(type);

    /// <summary>The type that a stored name means: a class, what a method of one takes, or a state.</summary>
    /// <exception cref="TypeLoadException">There is none, or jobs may not name it.</exception>
    public static Type Resolve(string name) => Resolved.GetOrAdd(name, static stored =>
    {
        var type = Classes.GetValueOrDefault(stored) ?? TypeHelper.DefaultTypeResolver(stored);
        return IsClass(type) || Parameters.Contains(type) || (type.Assembly == typeof(IState).Assembly && type.IsAssignableTo(typeof(IState)))
            ? type
            : throw Refuse(type);
    });

    internal static TypeLoadException Refuse(Type type) => new(
        $"A stored job names the type {type.FullName}, which jobs of this service may not name. It is not run; delete it if nobody knows where it comes from.");
}
