using System.Text.RegularExpressions;
using OpenClaw.Jobs.Monitoring.Auditing;

namespace OpenClaw.Web.Hosting;

/// <summary><c>audit</c> instead of the service: tells whether the audit log is as it was written.</summary>
internal static partial class AuditCommand
{
    /// <summary>0 when it is, 1 when it is not, 64 for what cannot be read.</summary>
    public static async Task<int> RunAsync(WebApplication app, IReadOnlyList<string> arguments)
    {
        var kept = arguments is [] ? null : Kept().Match(arguments[0]);
        if (arguments.Count > 1 || kept is { Success: false })
        {
            await Console.Error.WriteLineAsync("The seal to look for is written as it was printed: its number, a colon, and 64 hexadecimal digits.");
            return 64;
        }

        var seals = app.Services.GetRequiredService<AuditSeals>();
        await seals.SealAllAsync(default);
        var verdict = await seals.VerifyAsync(default);
        foreach (var problem in verdict.Problems)
        {
            Console.WriteLine($"Entry {problem.EntryId}: {problem.What}.");
        }

        var isThere = kept is null || await seals.HasAsync(long.Parse(kept.Groups["seq"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), kept.Groups["hash"].Value, default);
        if (!isThere)
        {
            Console.WriteLine($"The seal {arguments[0]} is not in the log: its end was cut off and written anew, or it was trimmed.");
        }

        if (verdict.Problems.Count > 0 || !isThere)
        {
            return 1;
        }

        Console.WriteLine($"The audit log is as it was written: {verdict.Seals} seals. Keep the newest one elsewhere, and look for it next time: {verdict.Seq}:{verdict.Hash}");
        return 0;
    }

    [GeneratedRegex(@"\A(?<seq>[0-9]{1,18}):(?<hash>[0-9a-f]{64})\z")]
    private static partial Regex Kept();
}
