namespace OpenClaw.Bench;

/// <summary>What a script hands over: addresses and paths in the environment, choices as arguments.</summary>
internal static class Arguments
{
    public static string FromEnvironment(string name, string script) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: start it with scripts/{script}.");

    /// <summary>What stands behind the option; null where it is not given.</summary>
    public static string? ValueOf(this string[] arguments, string option) =>
        arguments.SkipWhile(argument => argument != option).Skip(1).FirstOrDefault();
}
