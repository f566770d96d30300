using Hangfire.Dashboard.Dispatchers;
using Hangfire.Dashboard.Pages;

namespace Hangfire.Dashboard;

public static class DashboardRoutes
{
    public static RouteCollection Routes { get; } = Create();

    private static RouteCollection Create()
    {
        var routes = new RouteCollection();
        // Commands come first: a queue's page would otherwise answer /jobs/enqueued/requeue.
        routes.Add("/jobs/(?:scheduled|awaiting)/enqueue", new CommandDispatcher(Commands.Requeue));
        routes.Add("/jobs/(?:enqueued|processing|succeeded|failed|deleted)/requeue", new CommandDispatcher(Commands.Requeue));
        routes.Add("/jobs/(?:enqueued|scheduled|processing|succeeded|failed|awaiting)/delete", new CommandDispatcher(Commands.Delete));
        routes.Add("/jobs/actions/requeue/(?<id>[^/]+)", new CommandDispatcher(Commands.Requeue));
        routes.Add("/jobs/actions/delete/(?<id>[^/]+)", new CommandDispatcher(Commands.Delete));
        routes.Add("/retries/enqueue", new CommandDispatcher(Commands.Requeue));
        routes.Add("/retries/delete", new CommandDispatcher(Commands.Delete));
        routes.Add("/recurring/trigger", new CommandDispatcher(Commands.Trigger));
        routes.Add("/recurring/remove", new CommandDispatcher(Commands.Remove));

        routes.Add("/", new PageDispatcher(HomePage.Render));
        routes.Add("/jobs/enqueued", new PageDispatcher(QueuesPage.Render));
        routes.Add("/jobs/enqueued/(?<queue>[^/]+)", new PageDispatcher(EnqueuedJobsPage.Render));
        routes.Add("/jobs/scheduled", new PageDispatcher(ScheduledJobsPage.Render));
        routes.Add("/jobs/processing", new PageDispatcher(ProcessingJobsPage.Render));
        routes.Add("/jobs/succeeded", new PageDispatcher(SucceededJobsPage.Render));
        routes.Add("/jobs/failed", new PageDispatcher(FailedJobsPage.Render));
        routes.Add("/jobs/deleted", new PageDispatcher(DeletedJobsPage.Render));
        routes.Add("/jobs/awaiting", new PageDispatcher(AwaitingJobsPage.Render));
        routes.Add("/jobs/details/(?<id>[^/]+)", new PageDispatcher(JobDetailsPage.Render));
        routes.Add("/retries", new PageDispatcher(RetriesPage.Render));
        routes.Add("/recurring", new PageDispatcher(RecurringJobsPage.Render));
        routes.Add("/servers", new PageDispatcher(ServersPage.Render));

        routes.Add("/stats", new StatsDispatcher());
        foreach (var asset in Asset.All) routes.Add(asset.Route, new AssetDispatcher(asset));
        return routes;
    }
}
