namespace Hangfire;

#pragma warning disable CA1707 // The names are the package's.
public enum CompatibilityLevel
{
    Version_110 = 110,
    Version_170 = 170,
    Version_180 = 180,
}
