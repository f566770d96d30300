namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>logs.tail</c>.</summary>
/// <param name="File">Where it is from, for people.</param>
/// <param name="Cursor">From here on the next time.</param>
/// <param name="Size">All that there was.</param>
/// <param name="Lines">The oldest first, each a <see cref="LoggedLine"/> as JSON.</param>
/// <param name="Truncated">More was said than is told.</param>
/// <param name="Reset">The cursor is of another log.</param>
public sealed record LogTailed(string File, long Cursor, long Size, IReadOnlyList<string> Lines, bool Truncated, bool Reset);

/// <summary>A line of the log as the official client reads it.</summary>
public sealed record LoggedLine(string Time, string Level, string Subsystem, int EventId, string Message);
