using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person wants to find again, or not to see. It changes their browser alone.</summary>
internal static class ViewActions
{
    public static void MapViewActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Views, Keep).RequireScope(KeyScopes.Read);
        actions.MapPost(Routes.Views + "/forget", Forget).RequireScope(KeyScopes.Read);
        actions.MapPost(Routes.Dismissals, Dismiss).RequireScope(KeyScopes.Read);
        actions.MapPost(Routes.Dismissals + "/forget", ShowAgain).RequireScope(KeyScopes.Read);
    }

    private static IResult Keep(DashboardForm form)
    {
        var view = new SavedView(form.Text("list") ?? "", form.Text("name") ?? "", form.Text("query") ?? "");
        return SavedViews.Keep(form.Context, view) is { } problem
            ? form.Return(Links.Overview, problem, failed: true)
            : form.Return(Links.Overview, "Your browser will remember that view.");
    }

    private static IResult Forget(DashboardForm form)
    {
        SavedViews.Forget(form.Context, form.Text("list") ?? "", form.Text("name") ?? "");
        return form.Return(Links.Overview, "The view is forgotten.");
    }

    private static IResult Dismiss(DashboardForm form) => Dismissals.Add(form.Context, form.Text("cause") ?? "")
        ? form.Return(Links.Overview, "Dismissed until it happens again.")
        : form.Return(Links.Overview, "That is no cause of trouble.", failed: true);

    private static IResult ShowAgain(DashboardForm form)
    {
        Dismissals.Clear(form.Context);
        return form.Return(Links.Overview, "All causes are shown again.");
    }
}
