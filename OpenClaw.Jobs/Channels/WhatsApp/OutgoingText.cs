namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>A text for somebody on WhatsApp.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Text">What it says; too long a one goes as several.</param>
/// <param name="Owner">On whose behalf.</param>
/// <param name="Key">The same key is one message.</param>
public sealed record OutgoingText(string Number, string Text, string? Owner, string Key)
{
    /// <summary>The messages of durable routing that it carries, and whose state follows its own.</summary>
    public Guid[] Carries { get; init; } = [];

    public bool AsTemplate { get; init; }

    public int Repeats { get; init; }

    /// <summary>It has WhatsApp's own marks already; other texts may hold Markdown.</summary>
    public bool IsMarked { get; init; }

    /// <summary>It goes to who wants no messages, too: that this is so, or what came of their own order to halt.</summary>
    public bool Despite { get; init; }

    /// <summary>It waits so long first.</summary>
    public TimeSpan Delay { get; init; }
}
