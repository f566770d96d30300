using OpenClaw.Data.Agents;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>
/// Reads commands as people type them, whatever the channel: case, spaces, politeness and slips are forgiven. It knows
/// nothing of the agents there are, and a text that it cannot read as one thing alone is never a command.
/// </summary>
public static class CommandParser
{
    /// <summary>Characters. WhatsApp takes no longer message.</summary>
    public const int MaxLength = 4_096;

    private static readonly string[] Yes = ["yes", "y", "yep", "yeah", "confirm", "ok", "okay", "sure"];
    private static readonly string[] No = ["no", "nope", "never mind", "nevermind", "don't", "dont", "better not"];

    private static readonly Phrase[] Phrases =
    [
        new(["help", "help me", "commands", "menu", "?", "what can you do", "what can i do", "what can i say"], rest => Alone(rest, new Command.Help())),
        new(["list agents", "list my agents", "list all agents", "list the agents", "list", "agents", "my agents", "all agents", "show agents", "show my agents", "show all agents", "show the agents", "which agents are there", "who is there", "who is running"], rest => Alone(rest, new Command.ListAgents())),
        new(["status", "state", "how is", "hows", "how's", "what is the status", "whats the status", "what's the status", "show status", "progress"], StatusOf),
        new(["how are things", "how are the agents", "how are my agents", "how is everything", "how is it going", "how's it going", "overview", "summary"], rest => Alone(rest, new Command.Status(null))),
        new(["create", "new agent", "add agent", "create agent", "create an agent", "create a new agent", "spawn", "spawn agent", "spawn an agent", "make an agent", "add an agent"], CreateReader.Read),
        new(["pause", "suspend", "put to sleep"], rest => Operate(rest, AgentOperation.Pause, "pause")),
        new(["resume", "unpause", "wake", "wake up", "continue with", "start"], rest => Operate(rest, AgentOperation.Resume, "resume")),
        new(["stop", "terminate", "kill", "shut down", "shutdown"], rest => Operate(rest, AgentOperation.Stop, "stop")),
        new(["heartbeat", "beat", "ping", "check on", "heartbeat of", "beat the heart of"], rest => Named(rest, "heartbeat", name => new Command.Heartbeat(name))),
        new(["tell", "ask", "say to", "write to", "message to", "message"], Tell),
        new(["work on", "start work on", "start working on", "begin work on", "get to work on", "fix", "solve", "take on"], WorkOn),
        new(["stop work on", "stop working on", "cancel work on", "abort work on", "end work on", "stop the work on", "cancel", "abort"], rest => OfIssue(rest, issue => new Command.StopWork(issue))),
        new(["workflows", "list workflows", "show workflows", "my workflows", "list the workflows", "list my workflows", "show my workflows", "show the workflows", "runs"], rest => Alone(rest, new Command.Workflows())),
        new(["questions", "list questions", "show questions", "my questions", "open questions", "inbox"], rest => Alone(rest, new Command.Questions())),
        new(["answer"], rest => rest.Count == 0 ? new Reading.Unclear("What is the answer?", ["questions", "answer <number>"]) : new Reading.Exact(new Command.AnswerQuestion(rest.Raw()))),
        new(["devices", "list devices", "show devices", "my devices", "list the devices", "show my devices", "pairing requests"], rest => Alone(rest, new Command.Devices())),
        new(["approve device", "approve the device", "let in device", "approve pairing", "approve node"], rest => OfDevice(rest, "approve", id => new Command.ApproveDevice(id))),
        new(["reject device", "reject the device", "refuse device", "reject pairing", "reject node"], rest => OfDevice(rest, "reject", id => new Command.RejectDevice(id))),
        new(["remove device", "remove the device", "revoke device", "put out device"], rest => OfDevice(rest, "remove", id => new Command.RemoveDevice(id))),
        new(["halt", "interrupt"], Halted),
        new(["brake everything", "brake all", "brake all agents", "pull the brake"], rest => Alone(rest, new Command.Brake())),
        new(["release the brake", "release brake", "release all brakes"], rest => Alone(rest, new Command.ReleaseBrake())),
        new(["retry", "retry workflow", "retry the workflow", "try again", "rerun", "retry run", "requeue", "resume workflow", "resume the workflow"], Retry),
        new(["mute", "silence", "be quiet", "quiet", "do not disturb", "snooze", "mute notifications"], Mute),
        new(["unmute", "end mute", "stop mute"], rest => Alone(rest, new Command.Mute(TimeSpan.Zero))),
    ];

    /// <summary>What the text means. Any text has a reading; none is an error.</summary>
    public static Reading Read(string text)
    {
        if (text.Length > MaxLength)
        {
            return new Reading.Unclear($"A command has up to {MaxLength} characters; this has {text.Length}.", []);
        }

        var words = Words.Of(text);
        if (words.Count == 0)
        {
            return new Reading.Empty();
        }

        return Answer(words) ?? Halt(words) ?? Command(Courtesy.Before(words)) ?? new Reading.Free(text.Trim());
    }

    private static Reading.Exact? Answer(Words words)
    {
        var said = string.Join(' ', Enumerable.Range(0, words.Count).Take(3).Select(index => words[index]));
        if (No.Contains(said))
        {
            return new(new Command.Decline());
        }

        if (words.Count == 1 && (Yes.Contains(said) || IsCode(said)))
        {
            return new(new Command.Confirm(IsCode(said) ? said : ""));
        }

        return words.Count == 2 && Yes.Contains(words[0]) && IsCode(words[1]) ? new(new Command.Confirm(words[1])) : null;
    }

    // A "cancel" is no slip of "/cancel": these are read before what may have been meant.
    private static Reading? Halt(Words words) => HaltWords.Read(Plain.Of(words)) is { } halt ? new Reading.Exact(halt)
        : words[0] is "/stop" or "/halt" or "/cancel" or "/abort" ? Halted(words.From(1)) : null;

    private static Reading Halted(Words rest) => Named(rest, "halt", name => new Command.Halt(name));

    // What was written exactly comes before what may have been meant, and the longer phrase before the shorter.
    private static Reading? Command(Words words) => Phrases
        .Select(phrase => phrase.In(words)).OfType<Phrase.Match>()
        .OrderBy(match => match.Slips).ThenByDescending(match => match.Length)
        .Select(match => Forgive(match.Phrase.Read(words.From(match.Length)), match.Slips))
        .FirstOrDefault(reading => reading is not null);

    // A slip together with something unclear is no slip: the person said something else.
    private static Reading? Forgive(Reading? reading, int slips) => (reading, slips) switch
    {
        (_, 0) => reading,
        (Reading.Exact exact, _) => exact with { Slipped = true },
        _ => null,
    };

    private static bool IsCode(string word) => word.Length == 4 && word.All(char.IsAsciiDigit);

    private static Reading.Exact? Alone(Words rest, Command command) => Courtesy.After(rest).Count == 0 ? new(command) : null;

    private static Reading.Exact StatusOf(Words rest)
    {
        var of = rest;
        while (of.Count > 0 && of[0] is "of" or "on" or "for" or "about" or "is" or "report")
        {
            of = of.From(1);
        }

        if (NameReader.Quoted(of, out _) is not null)
        {
            return new(new Command.Status(NameReader.Agent(of)));
        }

        of = Courtesy.After(of);
        while (of.Count > 0 && of[of.Count - 1] is "doing" or "going" or "getting on")
        {
            of = of.Between(0, of.Count - 1);
        }

        if (IssueReader.Read(of, out var after) is { } issue && after.Count == 0)
        {
            return new(new Command.IssueStatus(issue));
        }

        var all = of.Count == 0 || (of.Count == 1 && of[0] is "all" or "everything" or "agents");
        return new(new Command.Status(!all && NameReader.Agent(of) is { Length: > 0 } name ? name : null));
    }

    private static Reading Operate(Words rest, AgentOperation operation, string verb) => Named(rest, verb, name => new Command.Operate(operation, name));

    private static Reading Named(Words rest, string verb, Func<string, Command> command) => NameReader.Agent(rest) is { Length: > 0 } name
        ? new Reading.Exact(command(name))
        : new Reading.Unclear($"Which agent is to {verb}?", [$"{verb} <agent>", "list agents"]);

    private static Reading Tell(Words rest) => rest.Count < 2
        ? new Reading.Unclear("Who is to be told what?", ["tell <agent> <text>", "list agents"])
        : new Reading.Exact(new Command.Tell(rest.Raw()));

    private static Reading? WorkOn(Words rest)
    {
        if (IssueReader.Read(rest, out var after) is not { } issue)
        {
            return rest.Count == 0 ? new Reading.Unclear("On which issue?", ["work on issue #12 in owner/repo"]) : null;
        }

        var named = Courtesy.After(after);
        var model = CreateReader.ModelAtTheEnd(ref named);
        if (named.Count == 0)
        {
            return new Reading.Exact(new Command.WorkOnIssue(issue, null, model));
        }

        return model is null && after[0] is "with" or "using" or "by" && NameReader.Agent(after.From(1)) is { Length: > 0 } name
            ? new Reading.Exact(new Command.WorkOnIssue(issue, name))
            : new Reading.Unclear($"What is \"{ForeignText.Quote(NameReader.Clean(after.Raw()))}\"?", [new Command.WorkOnIssue(issue, null).Text, new Command.WorkOnIssue(issue, "<agent>").Text]);
    }

    private static Reading.Exact? OfIssue(Words rest, Func<Issue, Command> command) =>
        IssueReader.Read(Courtesy.After(rest), out var after) is { } issue && after.Count == 0 ? new(command(issue)) : null;

    private static Reading? Retry(Words rest)
    {
        var what = Courtesy.After(rest);
        while (what.Count > 0 && what[0] is "the" or "workflow" or "run" or "#")
        {
            what = what.From(1);
        }

        while (what.Count > 1 && what[^1] is "one" or "workflow" or "run" or "failed")
        {
            what = what.Between(0, what.Count - 1);
        }

        return what.Count switch
        {
            0 => new Reading.Unclear("Which workflow?", ["workflows", "retry last", "retry <workflow>"]),
            1 when what[0] is "last" or "latest" => new Reading.Exact(new Command.Retry("last")),
            1 when what[0].TrimStart('#') is { Length: >= 4 and <= 36 } id && id.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') => new Reading.Exact(new Command.Retry(id)),
            _ => null,
        };
    }

    private static Reading? OfDevice(Words rest, string verb, Func<string, Command> command)
    {
        var what = Courtesy.After(rest);
        return what.Count switch
        {
            0 => new Reading.Unclear($"Which device is to {(verb == "approve" ? "be let in" : verb == "reject" ? "be refused" : "be put out")}?", ["devices", $"{verb} device <id>"]),
            1 when what[0] is { Length: >= 4 and <= 64 } id && id.All(letter => char.IsAsciiHexDigit(letter) || letter == '-') => new Reading.Exact(command(id)),
            _ => null,
        };
    }

    private static Reading? Mute(Words rest) => DurationReader.Read(Courtesy.After(rest)) switch
    {
        { } duration => new Reading.Exact(new Command.Mute(duration)),
        null when rest.Count == 0 => new Reading.Unclear("For how long?", ["mute 30m", "mute 2h", "mute 1d"]),
        _ => null,
    };
}
