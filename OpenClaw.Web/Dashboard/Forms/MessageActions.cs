using OpenClaw.Web.Gateway.Inboxes;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to messages.</summary>
internal static class MessageActions
{
    public static void MapMessageActions(this IEndpointRouteBuilder actions) => actions.MapPost(Routes.Messages + "/{id:guid}/again", SendAgain);

    private static async Task<IResult> SendAgain(Guid id, DashboardForm form, RoutedMessages messages) =>
        form.Return(await messages.SendAgainAsync(id, form.Caller, form.Cancelled), Links.Messages, _ => "Sent again.");
}
