using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Gateway.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>OpenClaw's own command line, pointed at a gateway, with a state folder of its own.</summary>
internal sealed partial class RealCommandLine : IDisposable
{
    private const int LongestReason = 160;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ClientHome _home;
    private readonly Dictionary<string, string> _names;

    public RealCommandLine(string url, string token, string model)
    {
        _home = new ClientHome(url, token);
        _names = new() { ["URL"] = url, ["TOKEN"] = token, ["MODEL"] = model };
    }

    /// <summary>Its folder, which its requests may name.</summary>
    public string Place => _home.Place;

    public async Task<CommandOutcome> RunAsync(string command)
    {
        var (kept, member, words) = CommandList.Parse(command, _names);
        var (code, output, errors) = await StartAsync(words);
        var answer = Json(output) ?? Json(errors);
        if (kept is not null && (string?)answer?[member] is { } value)
        {
            _names[kept] = value;
        }

        return new CommandOutcome(code == 0, code == 0 ? null : Reason(errors.Length > 0 ? errors : output), code == 0 && answer is not null ? MemberPaths.Of(answer) : null);
    }

    public void Dispose() => _home.Dispose();

    private async Task<(int Code, string Output, string Errors)> StartAsync(IReadOnlyList<string> words)
    {
        using var process = Process.Start(_home.Start(words))!;
        process.StandardInput.Close();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output.ToString().Trim(), errors.ToString().Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            return (-1, output.ToString().Trim(), $"It had not ended after {Patience.TotalSeconds:0} s. {errors}");
        }
    }

    // Some commands print a line or two before it.
    private static JsonNode? Json(string text)
    {
        foreach (Match start in JsonStart().Matches(text).Take(5))
        {
            try
            {
                return JsonNode.Parse(text[start.Index..]);
            }
            catch (JsonException)
            {
                // It began with a bracket and is no JSON.
            }
        }

        return null;
    }

    // Without what differs from run to run.
    private string Reason(string text)
    {
        var line = Blank().Replace(Varying().Replace(Notice().Replace(text, "").Replace(_home.Place, "~", StringComparison.Ordinal), "…"), " ").Trim();
        return line.Length > LongestReason ? line[..LongestReason] + "…" : line;
    }

    // What it says to everyone who makes a job without naming an agent.
    [GeneratedRegex(@"^No --agent specified;.*$", RegexOptions.Multiline)]
    private static partial Regex Notice();

    [GeneratedRegex(@"^[\[{]", RegexOptions.Multiline)]
    private static partial Regex JsonStart();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"ws://\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|\d+(?:\.\d+)?(?= ?m?s\b)|\b\d{4}-\d\d-\d\dT\S+")]
    private static partial Regex Varying();
}
