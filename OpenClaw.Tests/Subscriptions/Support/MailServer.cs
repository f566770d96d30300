using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpenClaw.Tests.Subscriptions.Support;

/// <summary>A mail server on loopback that keeps what it is handed. It speaks in clear, and offers no STARTTLS.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _letters = new();
    private Task _accepting = Task.CompletedTask;

    private MailServer()
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Header, empty line and text of each.</summary>
    public IReadOnlyList<string> Letters => [.. _letters];

    /// <summary>As given to AUTH PLAIN: NUL, the user, NUL, the password.</summary>
    public string? Credentials { get; private set; }

    /// <summary>Whom it knows nothing of.</summary>
    public string? Unknown { get; init; }

    public static MailServer Start(string? unknown = null)
    {
        var server = new MailServer { Unknown = unknown };
        server._listener.Start();
        server._accepting = server.AcceptAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (IOException)
                {
                    // The client has hung up in the middle.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is stopped.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await SayAsync("220 here");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250-here\r\n250 AUTH PLAIN");
                    break;
                case "AUTH":
                    Credentials = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2]));
                    await SayAsync("235 welcome");
                    break;
                case "RCPT":
                    await SayAsync(Unknown is { } unknown && line.Contains(unknown, StringComparison.Ordinal) ? "550 nobody of that name" : "250 yes");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync(_stopping.Token) is { } part and not ".")
                    {
                        letter.Append(part).Append('\n');
                    }

                    _letters.Enqueue(letter.ToString());
                    await SayAsync("250 taken");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 yes");
                    break;
            }
        }

        Task SayAsync(string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stopping.Token).AsTask();
    }
}
