using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to keys. A new secret is shown by the answer itself, and nowhere after.</summary>
internal static class KeyActions
{
    public static void MapKeyActions(this IEndpointRouteBuilder actions)
    {
        var keys = actions.MapGroup(Routes.Keys).RequireScope(KeyScopes.Admin);
        keys.MapPost("/", Create);
        keys.MapPost("/{id}/rotate", Rotate);
        keys.MapPost("/{id}/revoke", Revoke);
    }

    private static async Task<IResult> Create(DashboardForm form, ApiKeys keys, TimeProvider time)
    {
        var (draft, typed) = KeyForm.From(form).Read(time.GetUtcNow());
        var decision = draft is null ? null : await keys.CreateAsync(draft, form.Caller, form.Cancelled);
        return decision switch
        {
            Decision<NewKey>.Accepted { Value: var made } => await KeyPages.ShowAsync(keys, form.Caller, new KeyForm(), made, StatusCodes.Status201Created, form.Cancelled),
            Decision<NewKey>.Refused { Refusal: var refusal } => await KeyPages.ShowAsync(keys, form.Caller, typed.Refused(refusal), made: null, StatusCodes.Status422UnprocessableEntity, form.Cancelled),
            _ => await KeyPages.ShowAsync(keys, form.Caller, typed, made: null, StatusCodes.Status422UnprocessableEntity, form.Cancelled),
        };
    }

    private static async Task<IResult> Rotate(string id, DashboardForm form, ApiKeys keys) =>
        await keys.RotateAsync(id, ApiKeys.DefaultOverlap, form.Caller, form.Cancelled) switch
        {
            Decision<NewKey>.Accepted { Value: var made } => await KeyPages.ShowAsync(keys, form.Caller, new KeyForm(), made, StatusCodes.Status200OK, form.Cancelled),
            Decision<NewKey>.Refused { Refusal: var refusal } => form.Return(Links.Keys, refusal.Detail, failed: true),
            _ => throw new InvalidOperationException("A decision is one or the other."),
        };

    private static async Task<IResult> Revoke(string id, DashboardForm form, ApiKeys keys) =>
        form.Return(await keys.RevokeAsync(id, form.Caller, form.Cancelled), Links.Keys, key => $"\"{key.Name}\" is revoked. Its connections end within a second.");
}
