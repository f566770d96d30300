using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Tests.Web;

/// <summary>What every endpoint and every method of the gateway asks of its caller, as a list that changes on purpose alone.</summary>
public sealed class PolicyTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";

    [Test]
    public async Task Every_endpoint_and_every_method_has_the_policy_that_the_list_says()
    {
        var services = (await SharedService.GetAsync()).Services;
        var endpoints = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Describe);
        var methods = services.GetRequiredService<GatewayMethods>();
        var lines = endpoints.Concat(methods.Names.Select(name => $"gateway {name} {methods.Find(name)!.Scope ?? "everybody"}{(RequestRunner.IsOfHouseAlone(name) ? " of the house" : "")}")).Distinct().Order(StringComparer.Ordinal);
        var file = Repository.PathTo("OpenClaw.Tests/Web/policies.txt");

        var found = string.Join('\n', lines) + "\n";

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, found);
        }

        Assert.That(found, Is.EqualTo(await File.ReadAllTextAsync(file)), $"If what a caller needs has changed on purpose, run the test once with {Update}=1 and commit the file.");
    }

    [Test]
    public async Task Only_what_is_named_is_open_to_strangers()
    {
        var endpoints = (await SharedService.GetAsync()).Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        var open = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct();

        Assert.That(open, Is.EquivalentTo(new[] { "health", "healthz", "readyz", "login", "login/oidc", "assets/sign-in.css", "dashboard/assets/{name}", "webhooks/twilio/whatsapp", "webhooks/twilio/status" }));
    }

    private static IEnumerable<string> Describe(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        let needed = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "everybody" : KeyGuard.ScopeOf(endpoint, method)
        select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')} {needed}{(HouseGuard.IsOfHouseAlone(endpoint) ? " of the house" : "")}";
}
