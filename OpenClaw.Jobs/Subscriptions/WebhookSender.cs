using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Outbound;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Posts one event, signed as Standard Webhooks says. Of the answer its status is read, and nothing else.</summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>Begins the text of each secret; base64 of its bytes follows.</summary>
    public const string SecretPrefix = "whsec_";

    private const int MostDrained = 16 * 1024;
    private const int MostError = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ISubscriptionSecrets _secrets;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookSender(SubscriptionSettings settings, ISubscriptionSecrets secrets, TimeProvider time)
    {
        (_secrets, _time) = (secrets, time);
        var handler = OutboundHandler.Create(settings.Hosts);
        handler.MaxResponseDrainSize = MostDrained;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Null when it was taken.</summary>
    public async Task<DeliveryFault?> SendAsync(DueSubscription to, SubscribedEvent told, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = Request(to, told);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.IsSuccessStatusCode ? null
                : (int)answer.StatusCode is >= 300 and < 400 ? new($"It answered {(int)answer.StatusCode}, and redirects are not followed: name the address itself.")
                : new($"It answered {(int)answer.StatusCode}.")
                {
                    IsGone = answer.StatusCode is HttpStatusCode.Gone,
                    IsOfThisEvent = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
                };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"It did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new(ForeignText.OneLine(exception.GetBaseException().Message, MostError));
        }
        catch (CryptographicException)
        {
            return new("Its secret cannot be read any more, as after a restore without the keys. Make the subscription anew.");
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(DueSubscription to, SubscribedEvent told)
    {
        var body = Encoding.UTF8.GetBytes(Body(told));
        var (id, timestamp) = ($"{told.Type.Split('.')[0]}-{told.Seq}", _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var key = Convert.FromBase64String(_secrets.Unprotect(to.Secret)[SecretPrefix.Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, signed));
        return new HttpRequestMessage(HttpMethod.Post, to.Url)
        {
            Headers = { { "webhook-id", id }, { "webhook-timestamp", timestamp }, { "webhook-signature", $"v1,{signature}" } },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    // The same each time it is sent: only of what does not change.
    private static string Body(SubscribedEvent told) => new JsonObject
    {
        ["type"] = told.Type,
        ["timestamp"] = told.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["data"] = told.Run is { } run
            ? new JsonObject
            {
                ["sequence"] = told.Seq,
                ["workflow_uuid"] = run.Workflow,
                ["workflow"] = run.Name,
                ["agent_id"] = told.AgentId,
                ["actor"] = run.Actor,
                ["reason"] = run.Reason,
            }
            : new JsonObject
            {
                ["sequence"] = told.Seq,
                ["notice_id"] = told.Notice?.Id,
                ["agent_id"] = told.AgentId,
                ["text"] = told.Notice?.Text,
            },
    }.ToJsonString();
}
