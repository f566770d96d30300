using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes.Thoughts;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>What an agent said, whatever it runs on, as it is kept, judged and told: without thoughts, valid, and not longer than a message.</summary>
public static class AgentReply
{
    /// <summary>UTF-16 units of a reply, as of any message; the rest is cut, and the reply says so.</summary>
    public const int MaxLength = MessageRules.MaxContentLength;

    /// <summary>Stands where a longer reply is cut.</summary>
    public static readonly string CutNote = $"\n\n[The reply was longer than {MaxLength} characters and is cut here.]";

    public static string Clean(string text)
    {
        var said = ThoughtFilter.Without(text);
        return said.Length <= MaxLength ? ForeignText.Clean(said) : ForeignText.Clean(said, MaxLength - CutNote.Length - 1) + CutNote;
    }

    public static TurnReply Clean(TurnReply reply) => reply with { Text = Clean(reply.Text) };
}
