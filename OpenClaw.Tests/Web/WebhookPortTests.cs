using System.Net;
using System.Net.WebSockets;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>What is published for Twilio is not a way to anything else.</summary>
public sealed class WebhookPortTests
{
    [Test]
    public async Task A_port_for_webhooks_has_them_and_nothing_else()
    {
        var port = FreePort.Find();
        await using var service = await RunningService.StartAsync(null, [("WEBHOOK_PORT", $"{port}")]);
        using var outside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        outside.DefaultRequestHeaders.Authorization = new("Bearer", RunningService.Token);

        foreach (var path in new[] { "/", "/login", "/health", "/readyz", "/metrics", "/hangfire", "/api/v1/agents", "/v1/models", "/openapi/v1.json", "/webhooks", "/webhooks/twilio/whatsapp/more", "/assets/dashboard.css" })
        {
            using var answer = await outside.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        using var socket = new ClientWebSocket();
        Assert.That(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/ws"), default), Throws.InstanceOf<WebSocketException>());
        foreach (var path in new[] { "/webhooks/twilio/whatsapp", "/webhooks/twilio/status" })
        {
            using var answer = await outside.PostAsync(path, new FormUrlEncodedContent([]));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("whatsapp_not_configured"), path);
        }

        Assert.That((await service.Api.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
