using OpenClaw.Jobs.Commands;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>Takes commands in plain words.</summary>
internal static class CommandBox
{
    public static void MapCommandBox(this IEndpointRouteBuilder actions) => actions.MapPost(Routes.Commands, Run);

    private static async Task<IResult> Run(DashboardForm form, CommandHandler handler)
    {
        if (form.Text("text") is not { } text)
        {
            return form.Return(Links.Commands, "Write what is to be done first.", failed: true);
        }

        await handler.HandleAsync(new CommandMessage(Guid.CreateVersion7().ToString(), text, form.Caller, "dashboard", Contact: null), form.Cancelled);
        return TypedResults.LocalRedirect(Links.Commands);
    }
}
