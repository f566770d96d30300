using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Questions;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What agents, workflows and budgets ask their owner. Who answers is a person: an assistant asks them first.</summary>
internal sealed class QuestionTools(QuestionService service, QuestionQueries questions, AgentNames names) : IToolbox
{
    private const string QuestionId = "question";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_questions", "Lists what agents, workflows and budgets ask their owner, open ones first.", KeyScopes.Read, [AgentName with { IsRequired = false }, Text("state", "open, answered, expired or cancelled; left out, all."), Limit, Number("offset", "How many to skip."), Full], ListAsync) { IsOfAgents = true, Rest = ["GET /questions"] },
        new Tool("get_question", "Tells how a question stands, and its answer.", KeyScopes.Read, [Id(QuestionId, "Its id; list_questions has them.").Needed(), Full], GetAsync) { IsOfAgents = true, Rest = ["GET /questions/{id}"] },
        new Tool("ask_question", "Has an agent ask its owner, who answers on WhatsApp, the dashboard or anywhere else; the agent is sent the answer.", KeyScopes.Write,
            [
                AgentName,
                Text("question", "Up to 1,000 characters.").Needed(),
                Texts("choices", "2 to 4 answers, each one line of up to 60 characters.").Needed(),
                Text("default", "Which of them counts when nobody answers in time; left out, none."),
                Text("expires_in", "How long it waits, such as 12h or 3d, from 1m to 90d; left out, 7d."),
                Text("remind_after", "When the owner is told once more; left out, after a day, or half of the time when that is less."),
                Text("key", "The asker's own name of the question: the same again is the same question."),
                Flag("tell_agent", "false: the agent is not sent the answer; default true."),
                IdempotencyKey,
            ],
            AskAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/questions"] },
        new Tool("answer_question", "Answers a question, once. A person is asked first.", KeyScopes.Write,
            [Id(QuestionId, "Its id; list_questions has them.").Needed(), Text("choice", "One of its choices.").Needed(), Confirm, IdempotencyKey], AnswerAsync) { IsDangerous = true, Rest = ["POST /questions/{id}/answer"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var (state, limit, offset) = (rules.OneOf<QuestionState>("state", call.Text("state")), rules.Limit(call.Number("limit")), rules.Offset(call.Number("offset")));
        ToolCall.Require(rules.Problem);
        var (page, total) = await questions.ListAsync(state, (await names.FindIfNamedAsync(call))?.Id, limit, offset, call.Caller, call.Cancelled);
        return AnswerText.List(call, "questions", [.. page.Select(QuestionResponse.From)], offset + page.Count < total, shown => $"offset: {offset + shown}", ("total", total));
    }

    private async Task<ToolAnswer> AnswerAsync(ToolCall call)
    {
        var (id, choice) = (call.Id(QuestionId)!.Value, call.Text("choice"));
        if (await questions.FindAsync(id, call.Caller, call.Cancelled) is { Question: { State: QuestionState.Open } open } asked)
        {
            call.Confirmation.Require(call, $"\"{choice}\" is to be the answer to what {asked.AgentName ?? "all agents"} asks: {open.Text}");
        }

        (await service.AnswerAsync(id, choice, call.Caller, call.Key, call.Cancelled)).OrThrow();
        return await FoundAsync(id, call);
    }

    private Task<ToolAnswer> GetAsync(ToolCall call) => FoundAsync(call.Id(QuestionId)!.Value, call);

    private async Task<ToolAnswer> AskAsync(ToolCall call)
    {
        var request = call.Request<AskQuestionRequest>(AgentName.Name);
        var agent = await names.FindAsync(call);
        var asked = (await service.AskAsync(agent.Id, request.ToDraft(), request.Key, request.TellAgent is not false, call.Caller, call.Key, call.Cancelled)).OrThrow();
        return await FoundAsync(asked.Id, call);
    }

    private async Task<ToolAnswer> FoundAsync(Guid id, ToolCall call) => await questions.FindAsync(id, call.Caller, call.Cancelled) is { } found
        ? AnswerText.Of(call, QuestionResponse.From(found))
        : throw new ToolRefusedException("question_not_found", $"There is no question {id}.");
}
