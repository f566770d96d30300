using Microsoft.Extensions.DependencyInjection;

namespace Hangfire.AspNetCore;

internal sealed class AspNetCoreJobActivatorScope(AsyncServiceScope scope) : JobActivatorScope
{
    public override object Resolve(Type type) => ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, type);

    /// <summary>The engine ends scopes synchronously; a service that can only be disposed asynchronously must not fail its job.</summary>
    public override void DisposeScope() => scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
