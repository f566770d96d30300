using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>Sends a request to a model server and reads what it answers, as it comes, in bounded memory.</summary>
internal sealed class ModelHttp : IDisposable
{
    private const int BufferSize = 16 * 1024;

    // Of an answer that is read whole.
    private const int MaxDocument = 1024 * 1024;

    // A provider that says "tomorrow" is asked before that all the same: somebody may have raised the limit.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time;

    // Whoever answers with a redirect would have the conversation sent where nobody has set it. The patience is the caller's.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public ModelHttp(TimeProvider time) => _time = time;

    /// <summary>An address below another, whose own path and query stay.</summary>
    public static Uri Below(Uri address, string path)
    {
        var below = new UriBuilder(address);
        below.Path = below.Path.TrimEnd('/') + path;
        return below.Uri;
    }

    /// <summary>Asks, and returns what comes.</summary>
    /// <param name="address">Of the server.</param>
    /// <param name="body">JSON, as it is sent: thousands of turns may wait for their answers at once, each with its body in memory.</param>
    /// <param name="headers">Beside the usual ones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ServerErrorException">The server answered with an error.</exception>
    /// <exception cref="HttpRequestException">It could not be asked, or went away.</exception>
    /// <exception cref="InvalidDataException">It answers without measure.</exception>
    public async IAsyncEnumerable<ServerEvent> PostAsync(
        Uri address, byte[] body, IReadOnlyDictionary<string, string> headers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        using var response = await SendAsync(request, headers, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var received in ReadAsync(stream, cancellationToken))
        {
            yield return received;
        }
    }

    /// <summary>Fetches a document.</summary>
    /// <inheritdoc cref="PostAsync" path="/exception"/>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public async Task<JsonElement> GetAsync(Uri address, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await SendAsync(request, headers, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = new MemoryStream();
        var buffer = new byte[BufferSize];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (document.Length + read > MaxDocument)
            {
                throw new InvalidDataException($"It is longer than {MaxDocument} bytes.");
            }

            document.Write(buffer, 0, read);
        }

        ForeignJson.Mend(document.GetBuffer().AsSpan(0, (int)document.Length));
        using var parsed = JsonDocument.Parse(document.GetBuffer().AsMemory(0, (int)document.Length));
        return parsed.RootElement.Clone();
    }

    /// <summary>What comes, to its end; bytes that are no event yet are told as a sign of life.</summary>
    internal static async IAsyncEnumerable<ServerEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = new EventParser();
        while (await ReadAsync(stream, parser, cancellationToken) is { } events)
        {
            if (events.Count == 0)
            {
                yield return ServerEvent.Life;
            }

            foreach (var received in events)
            {
                yield return received;
            }
        }

        foreach (var received in parser.End())
        {
            yield return received;
        }
    }

    public void Dispose() => _client.Dispose();

    // Null at the end. While nothing comes no buffer is held.
    private static async Task<IReadOnlyList<ServerEvent>?> ReadAsync(Stream stream, EventParser parser, CancellationToken cancellationToken)
    {
        _ = await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            return read == 0 ? null : parser.Add(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var error = ServerError.Read((int)response.StatusCode, await ReadErrorAsync(response, cancellationToken));
            throw new ServerErrorException(error with { RetryAfter = RetryAfter(response), Elsewhere = response.Headers.Location?.ToString() });
        }
    }

    // What there is of it says more than that it was cut.
    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (body, length) = (new byte[ServerError.MaxLength], 0);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            for (int read; length < body.Length && (read = await stream.ReadAsync(body.AsMemory(length), cancellationToken)) > 0;)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status stands.
        }

        return Encoding.UTF8.GetString(body, 0, length);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var said = response.Headers.TryGetValues("retry-after-ms", out var values) && double.TryParse(values.First(), CultureInfo.InvariantCulture, out var milliseconds) && double.IsFinite(milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, LongestWait.TotalMilliseconds))
            : response.Headers.RetryAfter switch
            {
                { Delta: { } delta } => delta,
                { Date: { } date } => date - _time.GetUtcNow(),
                _ => (TimeSpan?)null,
            };
        return said is not { } wait || wait < TimeSpan.Zero ? null : wait < LongestWait ? wait : LongestWait;
    }
}
