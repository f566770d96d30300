using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Commands;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.WhatsApp.Support;

/// <summary>The service with an account at the stand-in for Twilio, and a handler that repeats what it is told.</summary>
internal sealed class WhatsAppBench : IAsyncDisposable
{
    public const string Account = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "token-of-twilio";
    public const string From = "+14155238886";
    public const string Owner = "+491701234567";
    public const string Public = "https://bot.example.org/claw";
    public const string Template = "HX0123456789abcdef0123456789abcdef";

    private int _number;

    private WhatsAppBench(RunningService service, TwilioStandIn twilio, RepeatingHandler handler) => (Service, Twilio, Handler) = (service, twilio, handler);

    public RunningService Service { get; }

    public TwilioStandIn Twilio { get; }

    public RepeatingHandler Handler { get; }

    /// <param name="withTemplate">There is an approved template.</param>
    /// <param name="withOwnHandler">Commands go to the service's own handler, and not to one that repeats them.</param>
    /// <param name="settings">More of them, or others.</param>
    public static async Task<WhatsAppBench> StartAsync(bool withTemplate = false, bool withOwnHandler = false, Func<TwilioStandIn, (string Name, string Value)[]>? settings = null)
    {
        var twilio = await TwilioStandIn.StartAsync();
        var handler = new RepeatingHandler();
        var all = Settings(twilio.Address, withTemplate).Concat(settings?.Invoke(twilio) ?? []).GroupBy(setting => setting.Name).Select(group => group.Last()).ToArray();
        return new WhatsAppBench(await RunningService.StartAsync(services => _ = withOwnHandler ? services : services.AddSingleton<ICommandHandler>(handler), null, all), twilio, handler);
    }

    public static (string Name, string Value)[] Settings(string twilio, bool withTemplate = false) =>
    [
        ("TWILIO_ACCOUNT_SID", Account), ("TWILIO_AUTH_TOKEN", AuthToken), ("TWILIO_WHATSAPP_FROM", $"whatsapp:{From}"), ("TWILIO_API_BASE_URL", twilio),
        ("TWILIO_CONTENT_SID", withTemplate ? Template : ""), ("WHATSAPP_ALLOW_FROM", Owner), ("PUBLIC_BASE_URL", Public),
    ];

    /// <summary>Puts a message on its way, as whatever sends one does.</summary>
    public async Task SendAsync(string text, string? key = null, string to = Owner)
    {
        await using var db = await Service.Services.GetRequiredService<IDbContextFactory<OpenClawDbContext>>().CreateDbContextAsync();
        await Service.Services.GetRequiredService<WhatsAppOutbox>().SendAsync(new OutgoingText(to, text, "admin", key ?? Guid.NewGuid().ToString()), db, default);
    }

    /// <summary>Somebody sends a picture to our number.</summary>
    public Task<HttpResponseMessage> SendPictureAsync(string url, string type = "image/png") => PostAsync(
        WebhookUrl.InboundPath,
        new() { ["MessageSid"] = "SM-picture", ["From"] = $"whatsapp:{Owner}", ["Body"] = "look", ["NumMedia"] = "1", ["MediaUrl0"] = url, ["MediaContentType0"] = type });

    /// <summary>Somebody writes to our number.</summary>
    public Task<HttpResponseMessage> WriteAsync(string text, string from = Owner, string? sid = null) => PostAsync(
        WebhookUrl.InboundPath,
        new() { ["MessageSid"] = sid ?? $"SM-in-{Interlocked.Increment(ref _number)}", ["From"] = $"whatsapp:{from}", ["To"] = $"whatsapp:{From}", ["Body"] = text, ["ProfileName"] = "Ada", ["NumMedia"] = "0" });

    /// <summary>Twilio tells what became of a message.</summary>
    public Task<HttpResponseMessage> TellAsync(string sid, string status, int? code = null, string query = "")
    {
        var form = new Dictionary<string, string> { ["MessageSid"] = sid, ["MessageStatus"] = status };
        if (code is not null)
        {
            form["ErrorCode"] = $"{code}";
        }

        return PostAsync(WebhookUrl.StatusPath + query, form);
    }

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form, string? signature = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature ?? Sign(Public + path, form));
        return Service.Client().SendAsync(request);
    }

    /// <summary>As Twilio's documentation describes it.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Twilio's scheme is what it is.")]
    public static string Sign(string url, IReadOnlyDictionary<string, string> form, string secret = AuthToken) =>
        Convert.ToBase64String(HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(url + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)))));

    public Task<string> TextAsync(string sql) => Service.Database.TextAsync(sql);

    /// <summary>What the owner's phone has shown.</summary>
    public string[] Shown(string to = Owner) => [.. Twilio.Accepted.Where(text => text.To == $"whatsapp:{to}").Select(text => text.Body)];

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Twilio.DisposeAsync();
    }
}

/// <summary>Answers every command with itself.</summary>
internal sealed class RepeatingHandler : ICommandHandler
{
    public ConcurrentQueue<CommandMessage> Messages { get; } = new();

    public Task<string> HandleAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        Messages.Enqueue(message);
        return Task.FromResult($"You said {message.Text}.");
    }
}
