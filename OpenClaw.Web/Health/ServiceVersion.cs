using System.Reflection;
using Hangfire;

namespace OpenClaw.Web.Health;

/// <summary>Which build this is, and which engine it runs on.</summary>
internal static class ServiceVersion
{
    public static string Service { get; } = VersionOf(typeof(ServiceVersion).Assembly);

    public static string Engine { get; } = $"Hangfire {VersionOf(typeof(JobStorage).Assembly)}";

    // What follows the + names the commit. Hangfire's assemblies have no version but that of their file's product.
    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version
            ?? assembly.GetName().Version?.ToString(3))?.Split('+')[0] ?? "unknown";
}
