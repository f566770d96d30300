namespace OpenClaw.Data.Schedules;

/// <summary>What becomes of a prompt that is due while the one before is under way. Stored in lower case: never rename one.</summary>
public enum ScheduleOverlap
{
    /// <summary>One waits.</summary>
    Queue,

    /// <summary>It is not sent.</summary>
    Skip,

    /// <summary>The one before is ended.</summary>
    Cancel,
}
