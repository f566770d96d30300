namespace OpenClaw.Jobs.WhatsApp.Inbound;

/// <summary>Words that mean the same to every business on WhatsApp.</summary>
public enum Keyword
{
    None,
    Stop,
    Start,
    Help,
}

/// <summary>A message that is such a word, and nothing else.</summary>
public static class Keywords
{
    public static Keyword Read(string text) => text.Trim().TrimEnd('.', '!').ToUpperInvariant() switch
    {
        "STOP" or "STOPALL" or "UNSUBSCRIBE" => Keyword.Stop,
        "START" or "UNSTOP" => Keyword.Start,
        "HELP" or "INFO" => Keyword.Help,
        _ => Keyword.None,
    };
}

/// <summary>What is answered to them, and to strangers: no word of whose number this is, or what runs behind it.</summary>
public static class KeywordTexts
{
    public const string Stopped = "You will get no more messages. Write START to get them again.";
    public const string Started = "You will get messages again. Write HELP to see what works.";
    public const string Stranger = "Thank you for your message. This number answers only people it knows.";
}
