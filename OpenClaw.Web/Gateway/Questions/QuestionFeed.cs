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
    private Dictionary<Guid, Question>? _open;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // What was open when this node began is no news: clients ask for it.
        var open = (await questions.AllOpenAsync(cancellationToken)).ToDictionary(question => question.Id);
        var before = _open ?? open;
        _open = open;
        foreach (var asked in open.Values.Where(question => !before.ContainsKey(question.Id)))
        {
            Tell("question.requested", asked, await records.RecordAsync(asked, new Caller(asked.Owner, "system"), cancellationToken));
        }

        foreach (var ended in await questions.FindAsync([.. before.Keys.Where(id => !open.ContainsKey(id))], cancellationToken))
        {
            var outcome = QuestionRecords.Outcome(ended);
            outcome["id"] = ended.Id.ToString();
            Tell("question.resolved", ended, outcome);
        }
    }

    private void Tell(string name, Question question, JsonObject payload) =>
        hub.TellQuestioned(new Audience(question.Owner, question.AgentId), name, JsonSerializer.SerializeToElement(payload));
}
