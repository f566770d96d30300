using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Commands.Language;

/// <summary>What a person wants done. Its text is a command that reads as the same one again.</summary>
public abstract record Command
{
    /// <summary>It cannot be taken back, so it is done only when the person repeats a code.</summary>
    public virtual bool IsDestructive => false;

    /// <summary>The plain way to write it.</summary>
    public abstract string Text { get; }

    public sealed record Help : Command
    {
        public override string Text => "help";
    }

    public sealed record ListAgents : Command
    {
        public override string Text => "list agents";
    }

    /// <param name="Agent">Null for the swarm as a whole.</param>
    public sealed record Status(string? Agent) : Command
    {
        public override string Text => Agent is null ? "status" : $"status {Quoted(Agent)}";
    }

    /// <param name="Name">Of the new agent.</param>
    /// <param name="Persona">Null for none.</param>
    /// <param name="Model"><c>provider/name</c>; null for the default.</param>
    public sealed record Create(string Name, string? Persona, string? Model) : Command
    {
        public override string Text =>
            $"create {Quoted(Name)}{(Persona is null ? null : $" as {Quoted(Persona)}")}{(Model is null ? null : $" on {Model}")}";
    }

    /// <param name="Operation">Pause, resume or stop.</param>
    /// <param name="Agent">As the person named it.</param>
    public sealed record Operate(AgentOperation Operation, string Agent) : Command
    {
        public override bool IsDestructive => Operation is AgentOperation.Stop;

        public override string Text => $"{Operation switch { AgentOperation.Pause => "pause", AgentOperation.Resume => "resume", _ => "stop" }} {Quoted(Agent)}";
    }

    /// <summary>Ends what is under way, at once and without a code; the agents stay.</summary>
    /// <param name="Agent">As the person named it; null for all.</param>
    public sealed record Halt(string? Agent) : Command
    {
        /// <summary>It was said in a word that takes back a question, too, where one is open.</summary>
        public bool IsCancel { get; init; }

        /// <summary>Nothing is to begin either: the person is asked for a code, and the brake is set.</summary>
        public bool IsEverything { get; init; }

        public override string Text => Agent is not null ? $"halt {Quoted(Agent)}" : IsEverything ? "stop everything" : IsCancel ? "cancel" : "halt";
    }

    /// <summary>No turn begins any more, of no agent of the person.</summary>
    public sealed record Brake : Command
    {
        public override bool IsDestructive => true;

        public override string Text => "brake everything";
    }

    /// <summary>Turns begin again.</summary>
    public sealed record ReleaseBrake : Command
    {
        public override bool IsDestructive => true;

        public override string Text => "release the brake";
    }

    public sealed record Heartbeat(string Agent) : Command
    {
        public override string Text => $"heartbeat {Quoted(Agent)}";
    }

    /// <param name="Words">The agent's name and what to say to it; which is which depends on the names there are.</param>
    public sealed record Tell(string Words) : Command
    {
        public override string Text => $"tell {Words}";
    }

    /// <param name="Issue">What to work on.</param>
    /// <param name="Agent">As the person named it; null for a new one.</param>
    /// <param name="Model"><c>provider/name</c> of the new one; null for the default.</param>
    public sealed record WorkOnIssue(Issue Issue, string? Agent, string? Model = null) : Command
    {
        public override string Text => $"work on issue {Issue}{(Agent is null ? null : $" with {Quoted(Agent)}")}{(Model is null ? null : $" using {Model}")}";
    }

    public sealed record IssueStatus(Issue Issue) : Command
    {
        public override string Text => $"status of issue {Issue}";
    }

    public sealed record StopWork(Issue Issue) : Command
    {
        public override bool IsDestructive => true;

        public override string Text => $"stop work on issue {Issue}";
    }

    public sealed record Workflows : Command
    {
        public override string Text => "workflows";
    }

    /// <summary>What waits for an answer of the person.</summary>
    public sealed record Questions : Command
    {
        public override string Text => "questions";
    }

    /// <param name="Words">The end of a question's id, where there are several, and a choice or its number.</param>
    public sealed record AnswerQuestion(string Words) : Command
    {
        public override string Text => $"answer {Words}";
    }

    /// <summary>Who asks to be let in, and who is in.</summary>
    public sealed record Devices : Command
    {
        public override string Text => "devices";
    }

    /// <param name="Id">Of a request, or of a device; the beginning of it is enough.</param>
    public abstract record OfDevice(string Id) : Command;

    /// <summary>Whoever is let in commands all there is.</summary>
    public sealed record ApproveDevice(string Id) : OfDevice(Id)
    {
        public override bool IsDestructive => true;

        public override string Text => $"approve device {Id}";
    }

    public sealed record RejectDevice(string Id) : OfDevice(Id)
    {
        public override string Text => $"reject device {Id}";
    }

    public sealed record RemoveDevice(string Id) : OfDevice(Id)
    {
        public override bool IsDestructive => true;

        public override string Text => $"remove device {Id}";
    }

    /// <param name="Workflow">Its id, the beginning of it, or <c>last</c>.</param>
    public sealed record Retry(string Workflow) : Command
    {
        public override string Text => $"retry {Workflow}";
    }

    /// <param name="For">Zero ends the silence.</param>
    public sealed record Mute(TimeSpan For) : Command
    {
        public override string Text => For == TimeSpan.Zero ? "unmute" : For.Seconds == 0 ? $"mute {For.TotalMinutes:0}m" : $"mute {For.TotalSeconds:0}s";
    }

    /// <summary>Lets a command with a code be done.</summary>
    public sealed record Confirm(string Code) : Command
    {
        public override string Text => $"YES {Code}".TrimEnd();
    }

    /// <summary>Takes back the question that is open.</summary>
    public sealed record Decline : Command
    {
        public override string Text => "no";
    }

    private static string Quoted(string name) => $"\"{name}\"";
}

/// <summary>An issue of a code repository.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Repository"><c>owner/name</c>; null when nobody said.</param>
public sealed record Issue(int Number, string? Repository)
{
    public override string ToString() => Repository is null ? $"#{Number}" : $"#{Number} in {Repository}";
}
