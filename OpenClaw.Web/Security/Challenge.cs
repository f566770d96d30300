using System.Globalization;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Security;

/// <summary>The answer to somebody who is not signed in: people get the form, programs a 401.</summary>
internal static class Challenge
{
    private const string TooManyRequests = "too_many_requests";

    public static Task AnswerAsync(HttpContext context, KeyFault fault = KeyFault.None)
    {
        if (IsNavigation(context.Request))
        {
            context.Response.Redirect(SignInEndpoints.AddressFor(context.Request));
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResult.Of(StatusCodes.Status401Unauthorized, "unauthorized", WhatIsWrong(fault)).ExecuteAsync(context);
    }

    private static string WhatIsWrong(KeyFault fault) => fault switch
    {
        KeyFault.Revoked => "The key is revoked.",
        KeyFault.Expired => "The key's time is over.",
        KeyFault.Elsewhere => "The key may not be used from this address.",
        _ => "Send Authorization: Bearer with the service's token or a key.",
    };

    /// <summary>The answer to a program that has sent too many wrong tokens.</summary>
    public static Task TooManyAsync(HttpContext context, TimeSpan retryAfter)
    {
        var seconds = TellToWait(context.Response, retryAfter);
        return ProblemResult.Of(StatusCodes.Status429TooManyRequests, "too_many_wrong_tokens", $"{SignInLimit.MostFailures} wrong tokens came from your address within a minute. Try again in {Say.Count(seconds, "second")}, with the right one.")
            .ExecuteAsync(context);
    }

    /// <summary>The answer to somebody who has sent too many requests without anything that lets them in.</summary>
    public static ProblemResult TooManyStrangers(HttpContext context, int perMinute, TimeSpan retryAfter)
    {
        var seconds = TellToWait(context.Response, retryAfter);
        return ProblemResult.Of(
            StatusCodes.Status429TooManyRequests, TooManyRequests, $"Your address may send {perMinute} requests a minute without a token or key that is good. Try again in {Say.Count(seconds, "second")}, or with one: that is let in at once.");
    }

    /// <summary>The answer to a program whose key is good, and used too much.</summary>
    public static Task TooManyOfKeyAsync(HttpContext context, string why, TimeSpan retryAfter)
    {
        var seconds = TellToWait(context.Response, retryAfter);
        return ProblemResult.Of(StatusCodes.Status429TooManyRequests, TooManyRequests, $"Too many requests: {why}. Try again in {Say.Count(seconds, "second")}.").ExecuteAsync(context);
    }

    /// <summary>Sets <c>Retry-After</c>.</summary>
    /// <returns>Its seconds.</returns>
    public static int TellToWait(HttpResponse response, TimeSpan retryAfter)
    {
        var seconds = (int)Math.Ceiling(retryAfter.TotalSeconds);
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }

    /// <summary>Whether it means to be let in by a bearer token, be it the right one or not.</summary>
    public static bool CarriesToken(HttpRequest request) =>
        request.Headers.Authorization.Any(value => value is not null && !value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase));

    /// <summary>Somebody who looks for a page, and is led to the sign-in page.</summary>
    public static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !CarriesToken(request)
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
