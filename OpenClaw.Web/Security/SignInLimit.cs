using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Net.Http.Headers;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Security;

/// <summary>How often one address may try to sign in.</summary>
internal static class SignInLimit
{
    public const string Policy = "sign-in";
    private const int Attempts = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions limiter)
    {
        limiter.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress, _ => new FixedWindowRateLimiterOptions { PermitLimit = Attempts, Window = Window }));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers[HeaderNames.RetryAfter] = ((int)Window.TotalSeconds).ToString();
            await ProblemResult.Of(StatusCodes.Status429TooManyRequests, "too_many_attempts", "Too many attempts to sign in. Wait a minute.").ExecuteAsync(rejected.HttpContext);
        };
    }
}
