using System.Net;
using System.Text;

namespace OpenClaw.Bench.Fuzz;

/// <summary>Requests as the service's OpenAPI document describes them, mutated, and to what is beside it; with the token, a key, a wrong token and none.</summary>
internal sealed class RequestFuzz(Uri address, ApiDocument document, IReadOnlyList<string> agents, string token, string key, Findings findings, int seed)
{
    private const int Lanes = 6;
    private const int MostRead = 1024 * 1024;

    // What the service reads of a body, in bytes.
    private const int MostTaken = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Not of the document, and with bodies that some other program writes.
    private static readonly (string Path, string Body)[] Beside =
    [
        ("/v1/chat/completions", """{"model":"openclaw/fuzz-1","messages":[{"role":"user","content":"hello"}],"user":"x","stream":false}"""),
        ("/messages", """{"to":"client:fuzz","content":"hello","metadata":{"a":1}}"""),
        ("/hooks/agent", """{"message":"hello","name":"x","agentId":"fuzz-1"}"""),
        ("/hooks/wake", """{"text":"hello","mode":"now"}"""),
        ("/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_agents","arguments":{}}}"""),
        ("/login", "token=guess&returnUrl=//evil.example"),
        ("/webhooks/twilio/whatsapp", "MessageSid=SM1&From=whatsapp:%2B491701234567&Body=hello"),
        ("/api/v1/keys", """{"name":"x","scopes":["read"],"addresses":["10.0.0.0/8"],"expires_in":"90d"}"""),
    ];

    private static readonly string[] Segments =
        ["%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "%2e%2e", "'", "%27%20OR%201=1--", "null", "-1", "99999999999999999999", "0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "%f0%9f%98%80", "%ed%a0%80", "x%0d%0aSet-Cookie:%20a=b"];

    private int _left;
    private int _late;

    /// <summary>Requests that were not answered within ten seconds.</summary>
    public int Late => _late;

    public async Task RunAsync(int requests)
    {
        _left = requests;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => LaneAsync(new HostileJson(new Random(seed + 1_000 + lane), agents)))));
    }

    private async Task LaneAsync(HostileJson json)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };
        while (Interlocked.Decrement(ref _left) >= 0)
        {
            using var request = json.Chance(0.15) ? OfBeside(json) : Of(json.Pick(document.Operations), json);
            try
            {
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                await JudgeAsync(request, answer);
            }
            catch (OperationCanceledException)
            {
                // It waits for something, such as a worker that there is none of.
                Interlocked.Increment(ref _late);
            }
            catch (HttpRequestException exception) when (request.Content?.Headers.ContentLength is not > MostTaken)
            {
                findings.Add(FuzzRun.Deaf, $"{request.Method} {request.RequestUri}: {exception.Message} {exception.InnerException?.Message}");
            }
            catch (HttpRequestException)
            {
                // Refused at its head, and the connection closed while this client was still sending: it has missed the answer.
            }
        }
    }

    private async Task JudgeAsync(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var buffer = new byte[MostRead];
        await using var stream = await answer.Content.ReadAsStreamAsync();
        using var late = new CancellationTokenSource(Patience);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, late.Token);
        var text = $"{answer.Headers}{Encoding.UTF8.GetString(buffer, 0, length)}";
        findings.Search(text, "answers");
        if (answer.StatusCode is HttpStatusCode.InternalServerError)
        {
            var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
            findings.Add(FuzzRun.ServerErrors, $"{request.Method} {request.RequestUri} {sent[..Math.Min(sent.Length, 600)]} -> {text}");
        }
    }

    private HttpRequestMessage Of(ApiOperation operation, HostileJson json)
    {
        var path = operation.Path;
        var query = new List<string>();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in operation.Parameters)
        {
            switch (parameter.In)
            {
                case "path":
                    path = path.Replace($"{{{parameter.Name}}}", json.Chance(0.6) && agents.Count > 0 ? json.Pick(agents) : json.Chance(0.3) ? $"{Guid.NewGuid()}" : json.Pick(Segments), StringComparison.Ordinal);
                    break;
                case "query" when json.Chance(0.4):
                    query.Add($"{parameter.Name}={(json.Chance(0.6) ? Plain(document.Instance(parameter.Schema, parameter.Name, json)) : json.Pick(Segments))}");
                    break;
                case "header" when json.Chance(0.3):
                    headers.Add((parameter.Name, json.Chance(0.5) ? $"k{json.Random.Next()}" : Plain(json.Value(0))));
                    break;
                default:
                    break;
            }
        }

        if (json.Chance(0.05))
        {
            query.Add($"{json.Name()}={json.Pick(Segments)}");
        }

        var method = json.Chance(0.98) ? operation.Method : json.Pick([HttpMethod.Put, HttpMethod.Delete, HttpMethod.Head, HttpMethod.Options, new HttpMethod("PROPFIND")]);
        return With(new HttpRequestMessage(method, Address(path, query)), operation.Body is { } schema ? document.Instance(schema, "", json) : json.Chance(0.02) ? json.Value(3) : null, headers, json);
    }

    private HttpRequestMessage OfBeside(HostileJson json)
    {
        var (path, body) = json.Pick(Beside);
        return With(new HttpRequestMessage(HttpMethod.Post, Address(path, [])), json.Chance(0.4) ? json.Object([], 3) : body, [("Accept", "application/json, text/event-stream")], json);
    }

    // Sent as it is written, and not as it should have been.
    private Uri Address(string path, List<string> query) =>
        new($"http://{address.Authority}{path}{(query.Count == 0 ? "" : "?" + string.Join('&', query))}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private HttpRequestMessage With(HttpRequestMessage request, string? body, List<(string Name, string Value)> headers, HostileJson json)
    {
        if (body is not null)
        {
            var bytes = json.Random.Next(100) switch
            {
                < 12 => json.Broken(body),
                12 => Encoding.UTF8.GetBytes(json.Deep(json.Random.Next(60, 20_000))),
                13 when json.Chance(0.1) => new byte[2 * 1024 * 1024],
                _ => Encoding.UTF8.GetBytes(body),
            };
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", json.Chance(0.96) ? body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded" : json.Pick(["text/plain", "application/json; charset=utf-16", "x", ""]));
        }

        // Most do not wait for what they began: there are many of them.
        headers.Add(("Prefer", json.Chance(0.98) ? "respond-async" : "wait=1"));
        headers.Add(("Authorization", json.Random.Next(20) switch { 0 => "Bearer a-wrong-token-0123456789", 1 => "Bearer", 2 => "", < 6 => $"Bearer {key}", _ => $"Bearer {token}" }));
        if (json.Chance(0.03))
        {
            headers.Add((json.Pick(["X-Forwarded-For", "X-Forwarded-Prefix", "X-Forwarded-Host", "Accept", "Cookie", "Origin", "traceparent", "Host", "mcp-session-id"]), Plain(json.Value(0))));
        }

        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    // A value without its quotes, of characters that can stand in an address or a header.
    private static string Plain(string json) => string.Concat(json.Trim('"').Where(letter => letter is > ' ' and <= '~' and not ('#' or '&')).Take(3_000));
}
