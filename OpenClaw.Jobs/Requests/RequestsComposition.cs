using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Requests;

internal static class RequestsComposition
{
    public static void AddRequests(this IServiceCollection services) => services.TryAddSingleton<RequestDecider>();
}
