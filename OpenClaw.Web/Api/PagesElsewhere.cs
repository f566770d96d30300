using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Api;

/// <summary>
/// Lets pages of the origins in CORS_ORIGINS call the REST API from a browser, and read its answers, refusals among them. They
/// show the token in <c>Authorization</c>: cookies are not let through. Everything beside the REST API stays as it is.
/// </summary>
internal static class PagesElsewhere
{
    // Browsers cut it to what they think right (Chromium 2 h, Firefox 24 h).
    private static readonly TimeSpan PreflightIsGoodFor = TimeSpan.FromMinutes(10);

    // Of these a page could not read any otherwise.
    private static readonly string[] Exposed = ["Location", "Retry-After", "ETag", "WWW-Authenticate"];

    public static void AddPagesElsewhere(this IServiceCollection services, OpenClawOptions options) => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. options.CorsOrigins])
        .AllowAnyMethod()
        .AllowAnyHeader()
        .DisallowCredentials()
        .WithExposedHeaders(Exposed)
        .SetPreflightMaxAge(PreflightIsGoodFor)));

    /// <summary>Before sign-in, since a preflight comes without a token, and around the answers to what goes wrong.</summary>
    public static void UsePagesElsewhere(this WebApplication app)
    {
        if (app.Services.GetRequiredService<OpenClawOptions>().CorsOrigins.Count > 0)
        {
            app.UseWhen(context => context.Request.Path.StartsWithSegments(ApiComposition.Root), api => api.UseCors());
        }
    }
}
