using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary><c>openclaw tui</c> in a terminal, as a person types into it and reads it. The terminal is that of util-linux's <c>script</c>.</summary>
internal sealed partial class RealTerminal : IAsyncDisposable
{
    private const string Program = "stty cols 160 rows 50; exec \"$TUI_NODE\" \"$TUI_PROGRAM\" tui --session \"$TUI_SESSION\"";
    private const string Escape = "\u001b";

    // It takes ten seconds to start where four other things run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private readonly Task _reading;
    private int _from;

    private RealTerminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Opens it on a conversation; returns when it is connected.</summary>
    public static async Task<RealTerminal> OpenAsync(ClientHome home, string session)
    {
        var start = home.Start("script", ["-qfec", Program, "/dev/null"]);
        foreach (var (name, value) in new[] { ("TUI_NODE", RealGateway.Node), ("TUI_PROGRAM", RealGateway.Program), ("TUI_SESSION", session), ("TERM", "xterm-256color"), ("SHELL", "/bin/sh"), ("LANG", "C.UTF-8") })
        {
            start.Environment[name] = value;
        }

        var terminal = new RealTerminal(Process.Start(start)!);
        try
        {
            await terminal.ShowsAsync("connected [|] idle");
            return terminal;
        }
        catch
        {
            await terminal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Types a line and enters it. What is looked for afterwards must be shown from then on.</summary>
    public async Task EnterAsync(string line)
    {
        From();
        await WriteAsync(line);
        await ShowsAsync(Regex.Escape(line));
        From();
        await WriteAsync("\r");
    }

    /// <summary>Presses Escape; returns when it has done something. With more keys behind it at once it would be another key.</summary>
    public async Task EscapeAsync()
    {
        From();
        await WriteAsync(Escape);
        await Eventually.That(() => Shown() > _from, Is.True, Patience);
    }

    /// <summary>Waits until it shows that, since the last key.</summary>
    public Task<string> ShowsAsync(string pattern) => Eventually.That(Text, Does.Match($"(?m){pattern}"), Patience);

    /// <summary>What it has shown since the last key, without what steers a terminal.</summary>
    public string Text()
    {
        lock (_shown)
        {
            return Steering().Replace(_shown.ToString(_from, _shown.Length - _from), "").Replace('\r', '\n');
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private void From() => _from = Shown();

    private int Shown()
    {
        lock (_shown)
        {
            return _shown.Length;
        }
    }

    private async Task WriteAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    private async Task ReadAsync()
    {
        var part = new char[4096];
        while (await _process.StandardOutput.ReadAsync(part) is > 0 and var length)
        {
            lock (_shown)
            {
                _shown.Append(part, 0, length);
            }
        }
    }

    // Titles, colours, positions, keys' modes; and the bell.
    [GeneratedRegex(@"\u001b\][^\u0007\u001b]*(\u0007|\u001b\\)|\u001b_[^\u0007\u001b]*(\u0007|\u001b\\)|\u001b\[[?<>=0-9;]*[A-Za-z]|\u001b.|\u0007", RegexOptions.ExplicitCapture)]
    private static partial Regex Steering();
}
