namespace OpenClaw.Jobs.Notices;

/// <summary>How far a notice came, as its owner sees it.</summary>
public enum NoticeStanding
{
    /// <summary>Not told yet.</summary>
    Waiting,

    Delivered,

    /// <summary>Given up within a week.</summary>
    Dead,
}
