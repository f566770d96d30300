namespace Hangfire.Dashboard;

public interface IDashboardDispatcher
{
    Task Dispatch(DashboardContext context);
}
