using System.Text.RegularExpressions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>
/// Ways to say that there is nothing to say. Each is tried on a whole clause of words in lower case, so that "all good" is one
/// and "all good backups are gone" is none.
/// </summary>
internal static partial class QuietPhrases
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace;

    private const string Adjectives = "(new|urgent|open|pending|unusual|critical|important|further|other|more|else|special|notable|major|outstanding|significant|at\\ all)";
    private const string Nouns =
        "(news|issues?|problems?|alerts?|errors?|warnings?|changes?|updates?|incidents?|concerns?|anomal(y|ies)|items?|action|attention|intervention|tasks?|e?mails?|messages?|notifications?)";

    private const string When = "(here|now|today|yet|so\\ far|still|as\\ of\\ now|right\\ now|at\\ (the|this)\\ (moment|time)|this\\ time|for\\ now|again|on\\ my\\ (side|end)|(from|for)\\ (me|you|my\\ side)|since\\ (the\\ )?last\\ (beat|check|heartbeat|time))";

    /// <summary>HEARTBEAT_OK or NO_REPLY, at the beginning or the end of a clause; "no reply" alone, because a server may give none.</summary>
    [GeneratedRegex(@"^(heart\ ?beat\ ?ok(ay)?(?!\w)\ ?|no\ ?reply$) | (?<!\w)\ ?heart\ ?beat\ ?ok(ay)?$", Options)]
    public static partial Regex Acknowledgement();

    /// <summary>All is well, in other words.</summary>
    [GeneratedRegex(
        $"""
        ^(
          ((all|everything|every\ item|all\ (systems?|checks?|items?|services?|tasks?|things)|all\ of\ (it|them)|things|systems?|status|it|checks?|(the\ )?heart\ ?beat)(\ else)?
           (\ ?'s|\ is|\ are|\ was|\ were|\ looks?|\ seems?|\ remains?|\ still|\ appears?|\ now|\ running|\ came\ back)*\ )?
          ((is|are|looks?|seems?|remains?)\ )? (all\ )? (still\ )?
          (good|well|fine|quiet|clear|ok|okay|normal|nominal|stable|green|healthy|calm|in\ order|as\ expected|under\ control|operational|up\ to\ date|passed|smooth|smoothly)
          (\ {When})*
        | so\ far\ so\ good | same\ as\ (before|last\ time) | standing\ by | (i'm|i\ am|still)\ (here|alive) | alive | acknowledged | ack
        | (i'll|i\ will|will)\ (check|look|report)(\ (again|back|in))*\ (later|next\ time|with\ the\ next\ (beat|heartbeat))
        )$
        """,
        Options)]
    public static partial Regex AllWell();

    /// <summary>There is nothing that anybody should know or do.</summary>
    [GeneratedRegex(
        $"""
        ^(i\ have\ |i\ see\ |i\ found\ |there's\ |there\ (is|are|was|were)\ |we\ have\ )?
          (nothing(\ {Adjectives})* | no(\ {Adjectives})*\ {Nouns}(\ (or|and|nor)(\ {Adjectives})*\ {Nouns})*)
          (\ (to\ (report|do|add|see|note|flag|mention|share)
             | (that\ |which\ )?(needs?|requires?|requiring|needing)(\ (your|any|the|owner's|immediate|urgent|further|my))*\ (attention|action|owner|intervention|you)
             | ((is|are|was|were)\ )?(needed|required|necessary|pending|found|detected|reported) | {When}))*$
        """,
        Options)]
    public static partial Regex Nothing();

    /// <summary>Words around what is said, none of which can be bad news.</summary>
    [GeneratedRegex(
        """
        ^((here|is|are|'s|the|my|your|our|this|a|an|of|for|on|in|heart\ ?beat|checklist|check|status|report|summary|update|item|answer|response|reply|final|output|message|text|json|html
           |markdown|boxed|result|results|agent|assistant|below|as|requested|following|has|have|been|complete|completed|done|i|gone|went|through|each|to|it|hello|hi|hey|there
           |good\ (morning|afternoon|evening)|thanks|thank\ you|strong|em|b|p|br|code|pre|span|div)(\ |$))+$
        """,
        Options)]
    public static partial Regex Framing();

    /// <summary>It takes back what was said before.</summary>
    [GeneratedRegex(@"^\W*(but|however|except|although|though|unless|apart\ from|despite|nevertheless)(?!\w)", Options | RegexOptions.IgnoreCase)]
    public static partial Regex Contrast();

    /// <summary>The number, or the bullet, with which a line begins; no part of what it says.</summary>
    [GeneratedRegex(@"^[\s>*+\#-]*\d{1,3}[.)](?!\d)", Options | RegexOptions.Multiline)]
    public static partial Regex ListNumber();
}
