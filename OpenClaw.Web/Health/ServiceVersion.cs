using System.Reflection;
using Hangfire;

namespace OpenClaw.Web.Health;

/// <summary>Which build this is, and which engine it runs on.</summary>
internal static class ServiceVersion
{
    private static readonly Assembly Own = typeof(ServiceVersion).Assembly;

    public static string Service { get; } = VersionOf(Own);

    /// <summary>Hangfire's own packages, or the stand-in of this repository for feeds without them.</summary>
    public static string Engine { get; } = typeof(JobStorage).Assembly is var engine && ProductOf(engine) == ProductOf(Own)
        ? $"OpenClaw compat engine {VersionOf(engine)}"
        : $"Hangfire {VersionOf(typeof(JobStorage).Assembly)}";

    private static string? ProductOf(Assembly assembly) => assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product;

    // What follows the + names the commit.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
