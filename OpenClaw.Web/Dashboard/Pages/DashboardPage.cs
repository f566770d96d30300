using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>A page as the answer to a request: rendered in full, then sent.</summary>
internal static class DashboardPage
{
    public static IResult Of<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent
    {
        var result = parameters is null ? new RazorComponentResult<TPage>() : new RazorComponentResult<TPage>(parameters);
        result.StatusCode = status;
        result.PreventStreamingRendering = true;
        return result;
    }

    /// <summary>A list; one whose filters cannot be used is no success.</summary>
    public static IResult Of<TPage>(object parameters, IReadOnlyList<string> problems) where TPage : IComponent =>
        Of<TPage>(parameters, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    public static IResult Missing(string what) => Of<Pages.MissingPage>(new { What = what }, StatusCodes.Status404NotFound);
}
