using OpenClaw.Jobs.Commands.Language;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>Words that mean the same to every business on WhatsApp; and of those whom we hear, the word that halts.</summary>
public enum Keyword
{
    None,

    /// <summary>No more messages.</summary>
    OptOut,

    /// <summary>Whatever is under way is to end. Of somebody who runs agents, STOP means their work and not our messages.</summary>
    Halt,

    Start,
    Help,
}

/// <summary>A message that is such a word, and nothing else.</summary>
public static class Keywords
{
    /// <param name="text">What was written.</param>
    /// <param name="isHeard">By somebody who gives commands.</param>
    public static Keyword Read(string text, bool isHeard) => Plain.Of(text) switch
    {
        "unsubscribe" or "optout" or "opt out" or "opt-out" => Keyword.OptOut,
        "stop" or "stopall" or "cancel" or "end" or "quit" or "revoke" when !isHeard => Keyword.OptOut,
        "start" or "unstop" => Keyword.Start,
        "help" or "info" => Keyword.Help,
        _ => isHeard && HaltWords.Mean(text) ? Keyword.Halt : Keyword.None,
    };
}

/// <summary>What is answered to them, and to strangers: no word of whose number this is, or what runs behind it.</summary>
public static class KeywordTexts
{
    public const string Stopped = "You will get no more messages. Write START to get them again.";
    public const string OwnerStopped = "You will get no more messages; your agents work on. Write START to get messages again, or STOP to halt what is under way.";
    public const string Started = "You will get messages again. Write HELP to see what works.";
    public const string Stranger = "Thank you for your message. This number answers only people it knows.";
}
