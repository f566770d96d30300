namespace OpenClaw.Jobs.Commands.Language;

/// <summary>What a text means.</summary>
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>One thing.</summary>
    public sealed record Exact(Command Command) : Reading
    {
        /// <summary>It was not written quite so: what it names must exist, or else the person meant something else.</summary>
        public bool Slipped { get; init; }
    }

    /// <summary>It begins like a command and is none: nothing is done, and the person is told what would be.</summary>
    /// <param name="Question">What is not clear.</param>
    /// <param name="Choices">Commands, as they may be written.</param>
    public sealed record Unclear(string Question, IReadOnlyList<string> Choices) : Reading;

    /// <summary>No command: a reply to an agent, or free language.</summary>
    public sealed record Free(string Text) : Reading;

    /// <summary>There are no words in it.</summary>
    public sealed record Empty : Reading;
}
