namespace Hangfire;

public class GlobalConfiguration : IGlobalConfiguration
{
    private GlobalConfiguration()
    {
    }

    public static IGlobalConfiguration Configuration { get; } = new GlobalConfiguration();

    internal static CompatibilityLevel CompatibilityLevel { get; set; } = CompatibilityLevel.Version_110;

    internal static bool HasCompatibilityLevel(CompatibilityLevel level) => CompatibilityLevel >= level;
}
