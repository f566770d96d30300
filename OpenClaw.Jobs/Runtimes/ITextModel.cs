namespace OpenClaw.Jobs.Runtimes;

/// <summary>A runtime that also answers a question which belongs to no agent and no conversation.</summary>
public interface ITextModel
{
    /// <param name="model"><c>provider/name</c>.</param>
    /// <param name="owner">Whose question it is.</param>
    /// <param name="instructions">What to do with the text.</param>
    /// <param name="text">What is asked.</param>
    /// <param name="maxTokens">How long the answer may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string> CompleteAsync(string model, string owner, string instructions, string text, int maxTokens, CancellationToken cancellationToken);
}
