namespace OpenClaw.Claw;

/// <summary>What a command reads from and writes to, so that tests can be it.</summary>
/// <param name="In">Where keys and confirmations are read.</param>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="Variable">Of the environment.</param>
internal sealed record Surroundings(TextReader In, TextWriter Out, TextWriter Error, Func<string, string?> Variable);
