using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Web;

/// <summary>The service's log on the console.</summary>
public sealed class OneLineFormatterTests
{
    [Test]
    public void An_event_is_one_line_whatever_it_says()
    {
        var line = Write("it said\r\nfail: forged\u001b[2J\0 \ud83d end", new InvalidOperationException("two\nlines"));

        Assert.That(line, Does.StartWith("2027-01-01T00:00:00.000Z warn: OpenClaw.Test[7] it said fail: forged\ufffd[2J\ufffd \ufffd end System.InvalidOperationException: two lines"));
        Assert.That(line.TrimEnd('\n').Any(char.IsControl), Is.False);
    }

    [Test]
    public void An_event_has_a_greatest_length() => Assert.That(Write(new string('x', 1_000_000), exception: null).Length, Is.LessThan(33_000));

    [Test]
    public void A_scope_stands_before_what_is_said()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push("run 7");

        Assert.That(Write("hello", exception: null, scopes), Is.EqualTo($"2027-01-01T00:00:00.000Z warn: OpenClaw.Test[7] => run 7 hello{Environment.NewLine}"));
    }

    private static string Write(string message, Exception? exception, IExternalScopeProvider? scopes = null)
    {
        using var writer = new StringWriter();
        new OneLineFormatter(new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))).Write(new LogEntry<string>(LogLevel.Warning, "OpenClaw.Test", 7, message, exception, (state, _) => state), scopes, writer);
        return writer.ToString();
    }
}
