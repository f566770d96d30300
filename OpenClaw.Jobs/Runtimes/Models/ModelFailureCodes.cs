namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>What the failures of models are called, for programs: stored with runs, and listed in docs/runtimes.md.</summary>
public static class ModelFailureCodes
{
    public const string Busy = "model_busy";
    public const string ContentFiltered = "content_filtered";
    public const string ContextOverflow = "context_overflow";
    public const string Cut = "model_cut";
    public const string Failed = "model_failed";
    public const string Garbled = "model_garbled";
    public const string NotFound = "model_not_found";
    public const string QuotaUsedUp = "model_quota_used_up";
    public const string Refused = "model_refused";
    public const string Resting = "model_resting";
    public const string SaidNothing = "model_said_nothing";
    public const string Silent = "model_silent";
    public const string Unauthorized = "model_unauthorized";
    public const string Unreachable = "model_unreachable";
}
