namespace OpenClaw.Web.Hosting;

/// <summary>The database could not be had at start.</summary>
public sealed class DatabaseUnavailableException(string message, Exception cause) : Exception(message, cause);
