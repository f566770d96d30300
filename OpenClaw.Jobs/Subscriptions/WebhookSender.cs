using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Outbound;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Posts one event, signed as Standard Webhooks says. Of the answer to an event its status is read, and nothing else.</summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>Begins the text of each secret; base64 of its bytes follows.</summary>
    public const string SecretPrefix = "whsec_";

    private const int MostDrained = 16 * 1024;
    private const int MostError = 300;

    private const int MostText = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceForText = TimeSpan.FromSeconds(2);

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
    public async Task<DeliveryFault?> SendAsync(DueSubscription to, SubscribedEvent told, CancellationToken cancellationToken) =>
        await PostAsync(to, IdOf(told), Body(told), answer => Task.FromResult(FaultOf(answer)), why => new DeliveryFault(why), cancellationToken);

    /// <summary>Posts what is no event, and tells what the target answers.</summary>
    public async Task<TargetAnswer> TryAsync(DueSubscription to, string id, string body, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        return await PostAsync(
            to, id, body,
            async answer =>
            {
                var took = _time.GetElapsedTime(began);
                return new TargetAnswer((int)answer.StatusCode, took, await BeginningAsync(answer, cancellationToken), FaultOf(answer)?.Why);
            },
            why => new TargetAnswer(null, _time.GetElapsedTime(began), "", why),
            cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As an event is written.</summary>
    internal static string Body(string type, DateTimeOffset at, JsonObject data) => new JsonObject
    {
        ["type"] = type,
        ["timestamp"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["data"] = data,
    }.ToJsonString();

    private async Task<T> PostAsync<T>(
        DueSubscription to, string id, string body, Func<HttpResponseMessage, Task<T>> answered, Func<string, T> failed, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = Request(to, id, Encoding.UTF8.GetBytes(body));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await answered(answer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return failed($"It did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return failed(ForeignText.OneLine(exception.GetBaseException().Message, MostError));
        }
        catch (CryptographicException)
        {
            return failed("Its secret cannot be read any more, as after a restore without the keys. Give it a new one: POST …/rotate.");
        }
    }

    private static DeliveryFault? FaultOf(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? null
            : (int)answer.StatusCode is >= 300 and < 400 ? new($"It answered {(int)answer.StatusCode}, and redirects are not followed: name the address itself.")
            : new($"It answered {(int)answer.StatusCode}.")
            {
                IsGone = answer.StatusCode is HttpStatusCode.Gone,
                IsOfThisEvent = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity,
            };

    // What is still to come after its time, or breaks off, is left out.
    private static async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PatienceForText);
        var (beginning, length) = (new byte[MostText], 0);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            while (length < MostText && await body.ReadAsync(beginning.AsMemory(length), limit.Token) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What there is is told.
        }

        return ForeignText.Clean(Encoding.UTF8.GetString(beginning, 0, length));
    }

    // A former secret's signature stands beside the new one's: a receiver that knows either takes it.
    private HttpRequestMessage Request(DueSubscription to, string id, byte[] body)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signatures = Sign(to.Secret, signed);
        if (to.FormerSecret is { } former)
        {
            try
            {
                signatures += $" {Sign(former, signed)}";
            }
            catch (CryptographicException)
            {
                // It was made with keys that are gone; the new one was not.
            }
        }

        return new HttpRequestMessage(HttpMethod.Post, to.Url)
        {
            Headers = { { "webhook-id", id }, { "webhook-timestamp", timestamp }, { "webhook-signature", signatures } },
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    private string Sign(string secret, byte[] signed) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(_secrets.Unprotect(secret)[SecretPrefix.Length..]), signed))}";

    private static string IdOf(SubscribedEvent told) => $"{told.Type.Split('.')[0]}-{told.Seq}";

    // The same each time it is sent: only of what does not change.
    private static string Body(SubscribedEvent told) => Body(told.Type, told.At, told.Run is { } run
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
        });
}
