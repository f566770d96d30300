namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>How far the run that an action has started has come, when the person is told.</summary>
internal enum RunOutcome
{
    UnderWay,
    Succeeded,

    /// <summary>Ended without success, or was cancelled.</summary>
    Failed,
}
