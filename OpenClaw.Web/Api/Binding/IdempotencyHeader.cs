using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Binding;

/// <summary>The <c>Idempotency-Key</c> of a request, with a fingerprint of what is asked; null when there is none.</summary>
internal sealed record IdempotencyHeader(RequestKey? Key) : IBindableFromHttpContext<IdempotencyHeader>
{
    public const string Name = "Idempotency-Key";

    /// <summary>What a key may be, for people.</summary>
    public static readonly string Rule = $"1 to {IdempotencyKey.MaxLength} visible ASCII characters without spaces";

    public static bool IsKey(string key) => key.Length is >= 1 and <= IdempotencyKey.MaxLength && key.All(character => character is > ' ' and <= '~');

    public static async ValueTask<IdempotencyHeader?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.Headers.TryGetValue(Name, out var values))
        {
            return new IdempotencyHeader(Key: null);
        }

        if (values is not [{ } key] || !IsKey(key))
        {
            throw new InvalidHeaderException(Name, $"must be given once, as {Rule}");
        }

        return new IdempotencyHeader(new RequestKey(context.User.ToCaller().Owner, key, await FingerprintAsync(context.Request, context.RequestAborted)));
    }

    private static async Task<byte[]> FingerprintAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The body is read once more by whoever binds it.
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
