namespace Hangfire.Dashboard;

public interface IDashboardAuthorizationFilter
{
    bool Authorize(DashboardContext context);
}
