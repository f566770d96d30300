namespace OpenClaw.Claw;

/// <summary>Exit codes; scripts rely on them. Never change one.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The service refused it, or what it began failed.</summary>
    public const int Refused = 1;

    /// <summary>The command is not written as it must be.</summary>
    public const int Usage = 2;

    /// <summary>There is no key, or not the right one.</summary>
    public const int NotAllowed = 3;

    /// <summary>There is nothing of that name.</summary>
    public const int NotFound = 4;

    /// <summary>The service is not there, or not ready; the same command may succeed later.</summary>
    public const int Unavailable = 5;

    /// <summary>It is accepted, and still under way.</summary>
    public const int UnderWay = 6;

    public const int Interrupted = 130;
}

/// <summary>Why a command ends without having done what it was to do, in a sentence for people.</summary>
internal sealed class Failure(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
