using System.Globalization;

namespace OpenClaw.Bench;

/// <summary>What a script hands over: addresses and paths in the environment, choices as arguments.</summary>
internal static class Arguments
{
    public static string FromEnvironment(string name, string script) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: start it with scripts/{script}.");

    /// <summary>The number behind the option; where it is not given, the usual one.</summary>
    public static int NumberOf(this string[] arguments, string option, int usual) => arguments.ValueOf(option) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;

    /// <summary>The seconds behind <c>--seconds</c>, likewise.</summary>
    public static TimeSpan Seconds(this string[] arguments, double usual) =>
        TimeSpan.FromSeconds(arguments.ValueOf("--seconds") is { } given ? double.Parse(given, CultureInfo.InvariantCulture) : usual);

    /// <summary>What stands behind the option; null where it is not given.</summary>
    public static string? ValueOf(this string[] arguments, string option) =>
        arguments.SkipWhile(argument => argument != option).Skip(1).FirstOrDefault();
}
