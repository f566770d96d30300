using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Security;

/// <summary>The answer to somebody who is not signed in: people get the form, programs a 401.</summary>
internal static class Challenge
{
    public static Task AnswerAsync(HttpContext context)
    {
        if (IsNavigation(context.Request))
        {
            context.Response.Redirect(SignInEndpoints.AddressFor(context.Request));
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResult.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send Authorization: Bearer with the service's token.").ExecuteAsync(context);
    }

    /// <summary>Whether it means to be let in by a bearer token, be it the right one or not.</summary>
    public static bool CarriesToken(HttpRequest request) =>
        request.Headers.Authorization.Any(value => value is not null && !value.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase));

    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !CarriesToken(request)
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
