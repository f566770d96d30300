using Microsoft.Extensions.DependencyInjection;

namespace Hangfire.AspNetCore;

/// <summary>Every job runs in a service scope of its own.</summary>
public class AspNetCoreJobActivator(IServiceScopeFactory serviceScopeFactory) : JobActivator
{
    public override JobActivatorScope BeginScope(JobActivatorContext? context) =>
        new AspNetCoreJobActivatorScope(serviceScopeFactory.CreateAsyncScope());
}
