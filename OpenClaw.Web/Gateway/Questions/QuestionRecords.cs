using System.Text.Json.Nodes;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Questions;

/// <summary>Questions in the protocol's shape: a record of one question, whose options are its choices.</summary>
internal sealed class QuestionRecords(AgentQueries agents)
{
    private const string OwnId = "answer";

    public async Task<JsonObject> RecordAsync(Question question, Caller caller, CancellationToken cancellationToken)
    {
        var record = new JsonObject
        {
            ["id"] = question.Id.ToString(),
            ["questions"] = new JsonArray(new JsonObject
            {
                ["questionId"] = IdOf(question),
                ["header"] = HeaderOf(question),
                ["question"] = question.Text,
                ["options"] = new JsonArray([.. question.Choices.Select(choice => (JsonNode)new JsonObject { ["label"] = choice })]),
            }),
            ["createdAtMs"] = question.AskedAt.ToUnixTimeMilliseconds(),
            ["expiresAtMs"] = question.ExpiresAt.ToUnixTimeMilliseconds(),
        };
        if (question.AgentId is { } id && await agents.FindAsync(id, caller, cancellationToken) is { } agent)
        {
            (record["agentId"], record["sessionKey"]) = (AgentLookup.Of(agent), AgentLookup.MainSession(agent));
        }

        foreach (var (name, value) in Outcome(question))
        {
            record[name] = value?.DeepClone();
        }

        if (question.AnsweredBy is { } by)
        {
            record["resolvedBy"] = by;
        }

        return record;
    }

    // A default that counts is no answer of anybody: who waits is told that the time is over.
    public static JsonObject Outcome(Question question)
    {
        var outcome = new JsonObject { ["status"] = question.State switch { QuestionState.Open => "pending", QuestionState.Answered => "answered", QuestionState.Expired => "expired", _ => "cancelled" } };
        if (question.State is QuestionState.Answered)
        {
            outcome["answers"] = new JsonObject { ["answers"] = new JsonObject { [IdOf(question)] = new JsonArray(question.Answer) } };
        }

        return outcome;
    }

    public static string IdOf(Question question) => Of(question, "question_id") ?? OwnId;

    private static string HeaderOf(Question question) => Of(question, "header") ?? question.Asker.ToString();

    private static string? Of(Question question, string name) => question.Context is { } context ? (string?)JsonNode.Parse(context)?[name] : null;
}
