using System.Text.RegularExpressions;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>Commands that the real gateway answers and ours refuses, each with the reason, which its answer must say.</summary>
internal static class ExplainedRefusals
{
    private static readonly (string Command, string Says)[] All =
    [
        ("^cron add .*--command ", "this service runs no commands"),
        ("^cron add .*--every 7m", "must divide"),
        ("^approvals allowlist add ", "cannot validate --agent"),
        ("^secrets reload", "restart it to have them read anew"),
        ("^attach ", "gives no grants to harnesses"),
    ];

    /// <summary>Whether that is how a command is to be refused.</summary>
    public static bool Explain(CommandRow row) => row.Ours?.Says is { } says && All.Any(one => Regex.IsMatch(row.Command, one.Command) && says.Contains(one.Says, StringComparison.Ordinal));
}
