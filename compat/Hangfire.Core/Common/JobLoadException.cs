namespace Hangfire.Common;

#pragma warning disable CA1032 // The constructors are the package's.
public class JobLoadException(string message, Exception inner) : Exception(message, inner);
