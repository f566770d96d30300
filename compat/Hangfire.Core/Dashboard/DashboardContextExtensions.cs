namespace Hangfire.Dashboard;

internal static class DashboardContextExtensions
{
    public static string Url(this DashboardContext context, string path) =>
        $"{context.Options.PrefixPath}{context.Request.PathBase}{path}";

    /// <summary>Answers 405 and says false when the request came by another method.</summary>
    public static bool Accepts(this DashboardContext context, string method)
    {
        var actual = context.Request.Method;
        if (actual == method || (method == "GET" && actual == "HEAD")) return true;

        context.Response.StatusCode = 405;
        context.Response.SetHeader("Allow", method == "GET" ? "GET, HEAD" : method);
        return false;
    }
}
