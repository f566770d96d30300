namespace Hangfire.Dashboard;

public interface IDashboardAsyncAuthorizationFilter
{
    Task<bool> AuthorizeAsync(DashboardContext context);
}
