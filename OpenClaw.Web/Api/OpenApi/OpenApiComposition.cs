using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.OpenApi;

/// <summary>The API's description at <c>/openapi/v1.json</c>. A test holds it against the committed one.</summary>
internal static class OpenApiComposition
{
    private const string Scheme = "bearer";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    public static void MapOpenApi(this IEndpointRouteBuilder routes) =>
        OpenApiEndpointRouteBuilderExtensions.MapOpenApi(routes, "/openapi/{documentName}.json");

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "OpenClaw Backend", Version = "v1", Description = "Durable workflows that keep AI agents alive." };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "AUTH_TOKEN, or the token in the data directory." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var query in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Query) ?? [])
        {
            query.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(query.Name ?? "");
        }

        if (context.Description.RelativePath is "health" or "healthz" or "readyz")
        {
            operation.Security = [];
        }

        if (context.Description.HttpMethod == HttpMethods.Post)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Header(IdempotencyHeader.Name, "1 to 255 visible ASCII characters. A repetition with the same key is carried out once and answered alike."));
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<WaitsForWorkflow>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Header("Prefer", "respond-async: answer 202 at once instead of waiting up to 5 seconds for the outcome."));
        }
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
