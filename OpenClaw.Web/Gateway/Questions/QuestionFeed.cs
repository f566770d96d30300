using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Questions;

/// <summary>
/// Tells those who may see questions of what is asked, and how it ends, on whatever node that happened: while one of them is connected
/// the open ones are read by their index each second, and compared with those of the second before.
/// </summary>
internal sealed class QuestionFeed(GatewayHub hub, QuestionQueries questions, QuestionRecords records, TimeProvider time, ILogger<QuestionFeed> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    // One that is asked and answered between two looks is told of by its end alone.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    // A question may be written down a moment after it was asked.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private Dictionary<Guid, Question>? _seen;
    private DateTimeOffset _nobodySince = time.GetUtcNow();
    private TaskCompletionSource _ended = NewSignal();

    /// <summary>Completes when the next question ends. A hint: whoever waits looks at times as well.</summary>
    public Task Ended => Volatile.Read(ref _ended).Task;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!hub.Connections.Any(GatewayHub.MaySeeQuestions))
        {
            (_seen, _nobodySince) = (null, Time.GetUtcNow() - Margin);
            return;
        }

        var there = (await questions.AllOpenAsync(Time.GetUtcNow() - Recent, cancellationToken)).ToDictionary(question => question.Id);
        var before = _seen;
        _seen = there;
        foreach (var question in there.Values.Where(IsNews))
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

        IEnumerable<Guid> gone = before is null ? [] : before.Values.Where(question => question.State is QuestionState.Open && !there.ContainsKey(question.Id)).Select(question => question.Id);
        foreach (var question in await questions.EndedAsync([.. gone], cancellationToken))
        {
            TellEnd(question);
        }

        // What was there before anybody came is no news: clients ask for it.
        bool IsNews(Question question) => before is null ? (question.EndedAt ?? question.AskedAt) >= _nobodySince : question.State != before.GetValueOrDefault(question.Id)?.State;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void TellEnd(Question question)
    {
        Interlocked.Exchange(ref _ended, NewSignal()).TrySetResult();
        var outcome = QuestionRecords.Outcome(question);
        outcome["id"] = question.Id.ToString();
        Tell("question.resolved", question, outcome);
    }

    private void Tell(string name, Question question, JsonObject payload) =>
        hub.TellQuestioned(new Audience(question.Owner, question.AgentId), name, JsonSerializer.SerializeToElement(payload));
}
