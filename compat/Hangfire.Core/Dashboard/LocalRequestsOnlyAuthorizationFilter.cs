namespace Hangfire.Dashboard;

public class LocalRequestsOnlyAuthorizationFilter : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context)
    {
        var remote = context.Request.RemoteIpAddress;
        return !string.IsNullOrEmpty(remote)
            && (remote is "127.0.0.1" or "::1" or "::ffff:127.0.0.1" || remote == context.Request.LocalIpAddress);
    }
}
