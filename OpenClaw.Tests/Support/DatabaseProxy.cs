using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace OpenClaw.Tests.Support;

/// <summary>
/// A proxy before a database, as providers have them: it passes everything on, until it is told to answer everything itself,
/// old connections and new ones, with an error of PostgreSQL's protocol.
/// </summary>
internal sealed class DatabaseProxy : IAsyncDisposable
{
    // Asked for in place of a session: encryption, and what Kerberos would use.
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Task _accepting;
    private volatile string? _answer;

    public DatabaseProxy(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The database through it, as a DATABASE_URL.</summary>
    public string Url => DatabaseUrl.FromConnectionString(new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
    }.ConnectionString);

    /// <summary>Everything is answered with this SQLSTATE; null passes everything on again.</summary>
    public void Answer(string? sqlState) => _answer = sqlState;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        client.NoDelay = true;
        try
        {
            if (_answer is not null)
            {
                await RefuseNewAsync(client.GetStream());
                return;
            }

            using var server = new TcpClient { NoDelay = true };
            await server.ConnectAsync(_server.Host!, _server.Port, _stopping.Token);
            await Task.WhenAny(PassAsync(client.GetStream(), server.GetStream(), mayRefuse: true), PassAsync(server.GetStream(), client.GetStream(), mayRefuse: false));
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // One of the two is gone, and so is the other now.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, bool mayRefuse)
    {
        var buffer = new byte[16_384];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            if (mayRefuse && _answer is { } sqlState)
            {
                await from.WriteAsync(Error(sqlState), _stopping.Token);
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }

    private async Task RefuseNewAsync(NetworkStream client)
    {
        var head = new byte[8];
        while (true)
        {
            await client.ReadExactlyAsync(head, _stopping.Token);
            var (length, code) = (BinaryPrimitives.ReadInt32BigEndian(head), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)));
            if (code is SslRequest or GssRequest)
            {
                await client.WriteAsync("N"u8.ToArray(), _stopping.Token);
                continue;
            }

            await client.ReadExactlyAsync(new byte[length - head.Length], _stopping.Token);
            await client.WriteAsync(Error(_answer ?? "08006"), _stopping.Token);
            return;
        }
    }

    private static byte[] Error(string sqlState)
    {
        var fields = Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0Mthe proxy says so\0\0");
        var message = new byte[5 + fields.Length];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message, 5);
        return message;
    }
}
