using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Questions;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What agents, workflows and budgets ask their owner. Who answers is a person: an assistant asks them first.</summary>
internal sealed class QuestionTools(QuestionService service, QuestionQueries questions) : IToolbox
{
    private const string QuestionId = "question";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_questions", "Lists what agents, workflows and budgets ask their owner, open ones first.", KeyScopes.Read, [Text("state", "open, answered, expired or cancelled; left out, all."), Limit, Full], ListAsync),
        new Tool("answer_question", "Answers a question, once. A person is asked first.", KeyScopes.Write,
            [Id(QuestionId, "Its id; list_questions has them.").Needed(), Text("choice", "One of its choices.").Needed(), Confirm], AnswerAsync) { IsDangerous = true },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var (state, limit) = (rules.OneOf<QuestionState>("state", call.Text("state")), rules.Limit(call.Number("limit")));
        ToolCall.Require(rules.Problem);
        var (page, total) = await questions.ListAsync(state, agent: null, limit, offset: 0, call.Caller, call.Cancelled);
        return AnswerText.Of(call, new QuestionListResponse([.. page.Select(QuestionResponse.From)], total, limit, Offset: 0));
    }

    private async Task<ToolAnswer> AnswerAsync(ToolCall call)
    {
        var (id, choice) = (call.Id(QuestionId)!.Value, call.Text("choice"));
        if (await questions.FindAsync(id, call.Caller, call.Cancelled) is { Question: { State: QuestionState.Open } open } asked)
        {
            call.Confirmation.Require(call, $"\"{choice}\" is to be the answer to what {asked.AgentName ?? "all agents"} asks: {open.Text}");
        }

        (await service.AnswerAsync(id, choice, call.Caller, key: null, call.Cancelled)).OrThrow();
        return AnswerText.Of(call, QuestionResponse.From((await questions.FindAsync(id, call.Caller, call.Cancelled))!));
    }
}
