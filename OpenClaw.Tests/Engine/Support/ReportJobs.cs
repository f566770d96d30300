using System.Runtime.CompilerServices;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>Jobs of no workflow, for the pages that list jobs.</summary>
public static class ReportJobs
{
    /// <summary>No server serves it: what waits there stays there.</summary>
    public const string UnservedQueue = "reports";

    [ModuleInitializer]
    internal static void Allow() => JobTypes.Allow(typeof(ReportJobs));

    public static string Write(string name) => name;

    /// <summary>Fails, and is tried again.</summary>
    public static void Break(string name) => throw new TimeoutException($"The {name} was not ready in time.");
}
