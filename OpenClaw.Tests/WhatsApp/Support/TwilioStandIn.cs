using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenClaw.Bench;

namespace OpenClaw.Tests.WhatsApp.Support;

/// <summary>Stands for Twilio's Messages API: accepts what it is sent, unless it is told otherwise, and lists what it has accepted.</summary>
internal sealed class TwilioStandIn : IAsyncDisposable
{
    /// <summary>A path below which it answers as well, as a proxy may have one.</summary>
    public const string Behind = "/behind/a/proxy";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, SentText, Task>> _script = new();
    private int _number;

    private TwilioStandIn(int port)
    {
        _app = LocalServer.Build(port);
        foreach (var prefix in new[] { "", Behind })
        {
            _app.MapPost($"{prefix}/2010-04-01/Accounts/{{account}}/Messages.json", CreateAsync);
            _app.MapGet($"{prefix}/2010-04-01/Accounts/{{account}}/Messages.json", ListAsync);
            _app.MapGet($"{prefix}/2010-04-01/Accounts/{{account}}/Messages/{{message}}/Media/{{media}}", FetchAsync);
        }
    }

    public string Address => _app.Urls.Single();

    /// <summary>Every request to send, in order.</summary>
    public ConcurrentQueue<SendRequest> Requests { get; } = new();

    /// <summary>Every request to list, with its query.</summary>
    public ConcurrentQueue<string> Lists { get; } = new();

    /// <summary>Every request for media, with its credentials.</summary>
    public ConcurrentQueue<string> Fetches { get; } = new();

    /// <summary>What it answers to requests for media.</summary>
    public Func<HttpContext, Task> Media { get; set; } = context => context.Response.WriteAsync("media");

    /// <summary>What a phone would get.</summary>
    public ConcurrentQueue<SentText> Accepted { get; } = new();

    /// <param name="port">0: any that is free.</param>
    public static async Task<TwilioStandIn> StartAsync(int port = 0)
    {
        var standIn = new TwilioStandIn(port);
        await standIn._app.StartAsync();
        return standIn;
    }

    /// <summary>Answers the next request so, and does not accept it.</summary>
    public void Refuse(int status, int code) => _script.Enqueue((context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code, message = $"Refused with {code}.", more_info = $"https://www.twilio.com/docs/errors/{code}", status });
    });

    /// <summary>Answers the next request so, in words that are not Twilio's, and does not accept it.</summary>
    public void RefuseWith(int status, string contentType, string body) => _script.Enqueue((context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    });

    /// <summary>Sends the next request to the same path of another server, in words that would pass for an acceptance.</summary>
    public void Redirect(int status, string address) => _script.Enqueue((context, text) =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = address + context.Request.Path;
        return context.Response.WriteAsJsonAsync(Json(text));
    });

    /// <summary>Accepts the next request, does this, and then answers.</summary>
    public void AcceptAnd(Func<SentText, Task> first) => _script.Enqueue(async (context, text) =>
    {
        Accepted.Enqueue(text);
        await first(text);
        await AnswerAsync(context, text);
    });

    /// <summary>Accepts the next request, does this, and never answers.</summary>
    public void AcceptAndHangUp(Func<Task> first) => _script.Enqueue(async (context, text) =>
    {
        Accepted.Enqueue(text);
        await first();
        context.Abort();
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CreateAsync(HttpContext context)
    {
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        Requests.Enqueue(new SendRequest(context.Request.Path, context.Request.Headers.Authorization.ToString(), form));
        var body = form.GetValueOrDefault("Body") ?? $"Template: {form.GetValueOrDefault("ContentVariables")}";
        var text = new SentText($"SM{Interlocked.Increment(ref _number):x32}", form["To"], form["From"], body, DateTime.UtcNow);
        if (_script.TryDequeue(out var answer))
        {
            await answer(context, text);
            return;
        }

        Accepted.Enqueue(text);
        await AnswerAsync(context, text);
    }

    private Task FetchAsync(HttpContext context)
    {
        Fetches.Enqueue(context.Request.Headers.Authorization.ToString());
        return Media(context);
    }

    private Task ListAsync(HttpContext context)
    {
        Lists.Enqueue(Uri.UnescapeDataString(context.Request.QueryString.ToString()));
        var found = Accepted.Where(text => text.To == context.Request.Query["To"] && text.From == context.Request.Query["From"]).Reverse();
        return context.Response.WriteAsJsonAsync(new { messages = found.Select(Json), page = 0, next_page_uri = (string?)null });
    }

    private static Task AnswerAsync(HttpContext context, SentText text)
    {
        context.Response.StatusCode = StatusCodes.Status201Created;
        return context.Response.WriteAsJsonAsync(Json(text));
    }

    private static object Json(SentText text) => new
    {
        sid = text.Sid,
        account_sid = WhatsAppBench.Account,
        to = text.To,
        from = text.From,
        body = text.Body,
        status = "queued",
        error_code = (int?)null,
        error_message = (string?)null,
        num_media = "0",
        num_segments = "1",
        direction = "outbound-api",
        api_version = "2010-04-01",
        date_created = text.At.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture),
    };
}

/// <summary>A request to send.</summary>
internal sealed record SendRequest(string Path, string Authorization, IReadOnlyDictionary<string, string> Form)
{
    public string Credentials => Encoding.UTF8.GetString(Convert.FromBase64String(Authorization["Basic ".Length..]));
}

/// <summary>A message that was accepted.</summary>
internal sealed record SentText(string Sid, string To, string From, string Body, DateTime At);
