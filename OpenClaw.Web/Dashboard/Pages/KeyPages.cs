using System.Security.Claims;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Forms;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>The page of keys.</summary>
internal static class KeyPages
{
    public static void MapKeyPages(this IEndpointRouteBuilder pages) => pages.MapGet(Routes.Keys, Keys).RequireScope(KeyScopes.Admin);

    public static async Task<IResult> ShowAsync(ApiKeys keys, Caller caller, KeyForm form, NewKey? made, int status, CancellationToken cancellationToken) =>
        DashboardPage.Of<KeysPage>(new { Keys = await keys.ListAsync(caller, cancellationToken), Form = form, Made = made }, status);

    private static Task<IResult> Keys(ClaimsPrincipal user, ApiKeys keys, CancellationToken cancellationToken) =>
        ShowAsync(keys, user.ToCaller(), new KeyForm(), made: null, StatusCodes.Status200OK, cancellationToken);
}
