using System.Collections.Frozen;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>The package's own routes, made when the first request comes: no start waits for them, and what is open, to whom, is said in one place of ours.</summary>
internal sealed class PackageRoutes : IEndpointRouteBuilder
{
    private readonly Lazy<FrozenDictionary<string, RequestDelegate>> _byMethod;

    public PackageRoutes(IServiceProvider services)
    {
        ServiceProvider = services;
        _byMethod = new(Make);
    }

    public IServiceProvider ServiceProvider { get; }

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);

    public async Task HandleAsync(HttpContext context)
    {
        // The package throws at anything else, and says that the server has failed.
        if (HttpMethods.IsPost(context.Request.Method) && !context.Request.HasJsonContentType())
        {
            await BadRequests.For(StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method) && !await TakesTextAsync(context.Request))
        {
            await ProblemResult.Of(StatusCodes.Status400BadRequest, "bad_request", "The message holds text that is no valid Unicode, such as half of an emoji, or a NUL character.").ExecuteAsync(context);
            return;
        }

        await _byMethod.Value[context.Request.Method](context);
    }

    // The package's own reader throws at half a character wherever it is, and says that the server has failed.
    private static async Task<bool> TakesTextAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        request.Body = new MemoryStream(body.ToArray());
        return ForeignJson.Mend(body.GetBuffer().AsSpan(0, (int)body.Length)) == 0;
    }

    private FrozenDictionary<string, RequestDelegate> Make()
    {
        McpEndpointRouteBuilderExtensions.MapMcp(this);
        var routes = from endpoint in DataSources.SelectMany(source => source.Endpoints)
                     from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                     select (Method: method, Handle: endpoint.RequestDelegate!);
        return routes.ToFrozenDictionary(route => route.Method, route => route.Handle);
    }
}
