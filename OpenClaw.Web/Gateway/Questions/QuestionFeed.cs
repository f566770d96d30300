using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Questions;

/// <summary>
/// Tells those who may see questions of what is asked, and how it ends, on whatever node that happened: each second the open ones
/// are read by their index, and compared with those of the second before.
/// </summary>
internal sealed class QuestionFeed(GatewayHub hub, QuestionQueries questions, QuestionRecords records, TimeProvider time, ILogger<QuestionFeed> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    // One that is asked and answered between two looks is told of by its end alone.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private Dictionary<Guid, Question>? _seen;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // What was there when this node began is no news: clients ask for it.
        var there = (await questions.AllOpenAsync(Time.GetUtcNow() - Recent, cancellationToken)).ToDictionary(question => question.Id);
        var before = _seen ?? there;
        _seen = there;
        foreach (var question in there.Values.Where(question => question.State != before.GetValueOrDefault(question.Id)?.State))
        {
            if (question.State is QuestionState.Open)
            {
                Tell("question.requested", question, await records.RecordAsync(question, new Caller(question.Owner, "system"), cancellationToken));
            }
            else
            {
                TellEnd(question);
            }
        }

        var gone = before.Values.Where(question => question.State is QuestionState.Open && !there.ContainsKey(question.Id)).Select(question => question.Id);
        foreach (var question in await questions.EndedAsync([.. gone], cancellationToken))
        {
            TellEnd(question);
        }
    }

    private void TellEnd(Question question)
    {
        var outcome = QuestionRecords.Outcome(question);
        outcome["id"] = question.Id.ToString();
        Tell("question.resolved", question, outcome);
    }

    private void Tell(string name, Question question, JsonObject payload) =>
        hub.TellQuestioned(new Audience(question.Owner, question.AgentId), name, JsonSerializer.SerializeToElement(payload));
}
