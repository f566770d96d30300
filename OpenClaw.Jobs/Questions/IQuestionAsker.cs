using OpenClaw.Data;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Questions;

/// <summary>What waits for answers of one kind, and acts on them.</summary>
public interface IQuestionAsker
{
    QuestionAsker Kind { get; }

    /// <summary>Null, or why the caller may not answer so.</summary>
    Refusal? Check(Question question, string choice, Caller caller) => null;

    /// <summary>The question is answered, or its time is over. In the transaction that writes so, and once.</summary>
    /// <param name="question">As it stands now.</param>
    /// <param name="by">Who answered; <c>system</c> where its time is over.</param>
    /// <param name="db">The transaction's; saved for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When there is more to do; null when there is not.</returns>
    Task<DateTimeOffset?> EndedAsync(Question question, string by, OpenClawDbContext db, CancellationToken cancellationToken);

    /// <summary>Does what was left to do, in a transaction of its own.</summary>
    /// <returns>When to come again; null when all is done.</returns>
    Task<DateTimeOffset?> FollowUpAsync(Question question, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);
}
