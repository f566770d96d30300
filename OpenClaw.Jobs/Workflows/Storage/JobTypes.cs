using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Scheduling;
using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Runners;

namespace OpenClaw.Jobs.Workflows.Storage;

/// <summary>
/// Which types a stored job may name: the classes that Hangfire calls, what their methods take, and Hangfire's states. Whoever can write
/// Hangfire's tables could otherwise have any public method of any loaded assembly called.
/// </summary>
public static class JobTypes
{
    // The names by which databases know the classes, wherever those are now: nodes of two builds work on the same jobs.
    private static readonly Dictionary<Type, string> StoredNames = new()
    {
        [typeof(WorkflowJobs)] = "OpenClaw.Jobs.Workflows.Execution.WorkflowJobs, OpenClaw.Jobs",
        [typeof(RunnerJobs)] = "OpenClaw.Jobs.Workflows.Runners.RunnerJobs, OpenClaw.Jobs",
        [typeof(HeartbeatJobs)] = "OpenClaw.Jobs.Heartbeats.HeartbeatJobs, OpenClaw.Jobs",
        [typeof(MonitoringJobs)] = "OpenClaw.Jobs.Monitoring.MonitoringJobs, OpenClaw.Jobs",
        [typeof(MessageExpiry)] = "OpenClaw.Jobs.Messaging.MessageExpiry, OpenClaw.Jobs",
        [typeof(RoutingJobs)] = "OpenClaw.Jobs.Monitoring.Routing.RoutingJobs, OpenClaw.Jobs",
        [typeof(PromptJobs)] = "OpenClaw.Jobs.Scheduling.PromptJobs, OpenClaw.Jobs",
    };

    private static readonly ConcurrentDictionary<Type, bool> Classes = new(StoredNames.Keys.Select(type => KeyValuePair.Create(type, true)));

    private static readonly HashSet<Type> Parameters =
    [
        typeof(PerformContext), typeof(IJobCancellationToken), typeof(CancellationToken), typeof(Guid), typeof(string), typeof(int), typeof(long), typeof(bool),
    ];

    private static readonly ConcurrentDictionary<string, Type> Moved = new(StoredNames.Select(stored => KeyValuePair.Create(stored.Value, stored.Key)));
    private static readonly ConcurrentDictionary<string, Type> Resolved = new();

    /// <summary>Lets jobs name one more class.</summary>
    /// <param name="jobs">The class.</param>
    /// <param name="storedAs">The name that jobs of an older build know it by, as <c>Namespace.Class, Assembly</c>.</param>
    public static void Allow(Type jobs, string? storedAs = null)
    {
        Classes[jobs] = true;
        if (storedAs is not null)
        {
            Moved[storedAs] = jobs;
        }
    }

    /// <summary>The name under which jobs store a type.</summary>
    public static string NameOf(Type type) => StoredNames.GetValueOrDefault(type) ?? TypeHelper.SimpleAssemblyTypeSerializer(type);

    /// <summary>Whether jobs may call methods of the type: what a method takes has methods too.</summary>
    public static bool IsClass(Type type) => Classes.ContainsKey(type);

    /// <summary>The type that a stored name means: a class, what a method of one takes, or a state.</summary>
    /// <exception cref="TypeLoadException">There is none, or jobs may not name it.</exception>
    public static Type Resolve(string name) => Resolved.GetOrAdd(name, static stored =>
    {
        var type = Moved.GetValueOrDefault(stored) ?? TypeHelper.DefaultTypeResolver(stored);
        return IsClass(type) || Parameters.Contains(type) || (type.Assembly == typeof(IState).Assembly && type.IsAssignableTo(typeof(IState)))
            ? type
            : throw Refuse(type);
    });

    internal static TypeLoadException Refuse(Type type) => new(
        $"A stored job names the type {type.FullName}, which jobs of this service may not name. It is not run; delete it if nobody knows where it comes from.");
}
