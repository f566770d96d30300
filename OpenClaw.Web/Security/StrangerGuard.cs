using Microsoft.AspNetCore.Authorization;

namespace OpenClaw.Web.Security;

/// <summary>
/// Tells clients to wait that ask again and again without a good credential. Probes, the sign-in page and the way to it stay
/// open: they cost next to nothing, and behind one address there may be somebody with the token.
/// </summary>
internal static class StrangerGuard
{
    /// <summary>After it is known who asks, and before the request is read any further.</summary>
    public static void UseStrangerGuard(this WebApplication app)
    {
        var pace = app.Services.GetRequiredService<StrangerPace>();
        app.Use((context, next) =>
        {
            var isOpen = context.User.Identity?.IsAuthenticated is true || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || Challenge.IsNavigation(context.Request);
            return !isOpen && pace.Take(context.Connection.RemoteIpAddress) is var wait && wait > TimeSpan.Zero ? Challenge.TooManyStrangers(context, pace.PerMinute, wait).ExecuteAsync(context) : next(context);
        });
    }
}
