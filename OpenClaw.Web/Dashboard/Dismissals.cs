using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard;

/// <summary>
/// Causes of trouble that a person does not want to see again, kept in a cookie of their browser. One is known by the last run that
/// it befell: the next one brings it back.
/// </summary>
public static class Dismissals
{
    private const string CookieName = "openclaw.dismissed";
    private const int Most = 60;

    // The end of an id is its random part.
    private const int KeyLength = 12;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public static string Key(TroubleGroup<Jobs.Agents.AgentSummary> group) => Key(group.First.OperationWorkflow ?? group.First.Id);

    public static string Key(TroubleGroup<WorkflowLine> group) => Key(group.First.Workflow.WorkflowUuid);

    public static IReadOnlyList<string> Of(HttpRequest request) => (request.Cookies[CookieName] ?? "").Split('~', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>False for what is no key.</summary>
    public static bool Add(HttpContext context, string key)
    {
        if (key.Length != KeyLength || !key.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        context.Response.Cookies.Append(CookieName, string.Join('~', Of(context.Request).Where(other => other != key).Append(key).TakeLast(Most)), PublicAddress.Cookie(KeptFor));
        return true;
    }

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(CookieName, PublicAddress.Cookie());

    private static string Key(Guid id) => id.ToString("N")[^KeyLength..];
}
