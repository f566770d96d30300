using OpenClaw.Jobs.Questions;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>The buttons of the inbox.</summary>
internal static class QuestionActions
{
    public static void MapQuestionActions(this IEndpointRouteBuilder actions) => actions.MapPost(Routes.Inbox + "/{id:guid}/answer", Answer);

    private static async Task<IResult> Answer(Guid id, DashboardForm form, QuestionService questions) =>
        form.Return(await questions.AnswerAsync(id, form.Text("choice"), form.Caller, key: null, form.Cancelled), Links.Inbox, _ => $"Answered: {form.Text("choice")}.");
}
