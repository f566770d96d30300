using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Questions;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Questions;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>
/// Questions in the protocol's shape: a record of one question, whose options are its choices. Those that others ask are seen and
/// answered here, too.
/// </summary>
internal sealed class QuestionMethods(QuestionService service, QuestionQueries queries, QuestionRecords shapes, TargetResolver targets, QuestionFeed feed, TimeProvider time) : IGatewayMethods
{
    private const string Scope = Scopes.Questions;
    private const int MaxListed = 100;
    private const int MostHeader = 12;

    // Ends are told.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    public IEnumerable<GatewayMethod> All =>
    [
        new("question.list", Scope, ListAsync),
        new("question.get", Scope, GetAsync),
        new("question.request", Scope, RequestAsync),
        new("question.resolve", Scope, ResolveAsync),
        new("question.waitAnswer", Scope, WaitAsync),
    ];

    private async Task<JsonElement> ListAsync(GatewayCall call)
    {
        call.NoParams();
        var (open, _) = await queries.ListAsync(QuestionState.Open, agent: null, MaxListed, offset: 0, call.Caller, call.Cancelled);
        var records = new JsonArray();
        foreach (var standing in open)
        {
            records.Add((JsonNode)await shapes.RecordAsync(standing.Question, call.Caller, call.Cancelled));
        }

        return Element(new JsonObject { ["questions"] = records });
    }

    private async Task<JsonElement> GetAsync(GatewayCall call) =>
        Element(new JsonObject { ["question"] = await shapes.RecordAsync(await FindAsync(call.Params("id"), call), call.Caller, call.Cancelled) });

    private async Task<JsonElement> RequestAsync(GatewayCall call)
    {
        var given = call.Params("questions", "agentId", "sessionKey", "timeoutMs");
        given.Required("questions");
        if (given.Items("questions") is not [var only])
        {
            throw given.Wrong("at /questions: must have 1 item: here each question is one");
        }

        var asked = new GatewayParams(call.Method, only, ["questionId", "header", "question", "options"], "questions/0");
        var (id, header) = (asked.Filled("questionId"), asked.Text("header", MostHeader));
        var draft = new QuestionDraft(
            asked.Filled("question", QuestionDraft.MaxText),
            [.. asked.Items("options").Select((option, index) => new GatewayParams(call.Method, option, ["label", "description"], $"questions/0/options/{index}").Filled("label"))], Default: null)
        {
            ExpiresIn = given.Has("timeoutMs") ? TimeSpan.FromMilliseconds(given.Number("timeoutMs", 0, 1, int.MaxValue)) is var timeout && timeout < QuestionDraft.ShortestTime ? QuestionDraft.ShortestTime : timeout : null,
        };
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.OptionalText("sessionKey"), call);
        var question = (await service.AskAsync(target.Agent.Id, draft, ownKey: null, tellsAgent: false, call.Caller, key: null, call.Cancelled, new JsonObject { ["question_id"] = id, ["header"] = header }.ToJsonString())).OrThrow();
        var expires = (await queries.FindAsync(question.Id, call.Caller, call.Cancelled))!.Question.ExpiresAt;
        return Element(new JsonObject { ["id"] = question.Id.ToString(), ["expiresAtMs"] = expires.ToUnixTimeMilliseconds() });
    }

    private async Task<JsonElement> ResolveAsync(GatewayCall call)
    {
        var given = call.Params("id", "answers", "cancel", "resolvedBy");
        var question = await FindAsync(given, call);
        if (given.Has("cancel"))
        {
            throw given.Wrong("at /cancel: a question here is answered, or its time comes to an end; it is not skipped");
        }

        // Who answers is known by the connection; resolvedBy is a name that anybody could write.
        var answers = given.Nested("answers", "answers")?.Nested("answers", QuestionRecords.IdOf(question)) ?? throw given.Wrong("must have required property 'answers'");
        if (answers.Texts(QuestionRecords.IdOf(question)) is not [var choice])
        {
            throw given.Wrong($"at /answers/answers/{QuestionRecords.IdOf(question)}: must have 1 item");
        }

        // To raise a limit is for admins.
        var caller = call.Caller with { IsAdmin = call.Caller.IsAdmin && Scopes.Allows(call.Connection.Connected!.Scopes, Scopes.Admin) };
        (await service.AnswerAsync(question.Id, choice, caller, key: null, call.Cancelled)).OrThrow();
        return Element(QuestionRecords.Outcome((await queries.FindAsync(question.Id, call.Caller, call.Cancelled))!.Question));
    }

    private async Task<JsonElement> WaitAsync(GatewayCall call)
    {
        var given = call.Params("id", "timeoutMs");
        var until = time.GetUtcNow() + TimeSpan.FromMilliseconds(given.Number("timeoutMs", (int)LongestWait.TotalMilliseconds, 1, (int)LongestWait.TotalMilliseconds));
        while (true)
        {
            var ended = feed.Ended;
            var question = await FindAsync(given, call);
            if (question.State is not QuestionState.Open || time.GetUtcNow() >= until)
            {
                return Element(QuestionRecords.Outcome(question));
            }

            var left = until - time.GetUtcNow();
            await Task.WhenAny(ended, Task.Delay(left < LookAgain ? left : LookAgain, time, call.Cancelled));
            call.Cancelled.ThrowIfCancellationRequested();
        }
    }

    private async Task<Question> FindAsync(GatewayParams given, GatewayCall call) =>
        Guid.TryParse(given.Filled("id"), out var id) && await queries.FindAsync(id, call.Caller, call.Cancelled) is { Question: var question }
            ? question
            : throw GatewayException.Invalid("unknown or expired question id");

    private static JsonElement Element(JsonNode payload) => JsonSerializer.SerializeToElement(payload);
}
