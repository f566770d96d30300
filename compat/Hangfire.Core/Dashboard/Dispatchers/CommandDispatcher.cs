namespace Hangfire.Dashboard.Dispatchers;

/// <summary>
/// Runs a command on the job that the address names, or on every one that the form does, and leads back to the
/// page it came from, so that it works without script and a reload does not repeat it. The state that the form
/// names is the one the user saw: a job that has left it is not touched.
/// </summary>
internal sealed class CommandDispatcher(Command command) : IDashboardDispatcher
{
    public const string IdField = "jobs[]";
    public const string StateField = "state";
    public const string ReturnField = "return";

    public async Task Dispatch(DashboardContext context)
    {
        if (!context.Accepts("POST")) return;
        if (context.IsReadOnly)
        {
            context.Response.StatusCode = 403;
            return;
        }

        var ids = context.UriMatch.Groups["id"] is { Success: true } id
            ? [id.Value]
            : await context.Request.GetFormValuesAsync(IdField);
        var state = (await context.Request.GetFormValuesAsync(StateField)).FirstOrDefault();
        var done = ids.Count(job => command.Execute(context, job, string.IsNullOrEmpty(state) ? null : state));

        var page = LocalPath((await context.Request.GetFormValuesAsync(ReturnField)).FirstOrDefault());
        var separator = page.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        context.Response.StatusCode = 303;
        context.Response.SetHeader("Location", context.Url($"{page}{separator}{Outcome.Query(command, done, ids.Count)}"));
    }

    /// <summary>Only a path of this dashboard: anything that a browser could read as another host becomes the overview.</summary>
    private static string LocalPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal)
            && path.All(c => c is > ' ' and < '\x7f' and not '\\' and not '#')
            ? path
            : "/";
}
