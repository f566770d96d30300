namespace Hangfire.Client;

#pragma warning disable CA1032 // The constructors are the package's.
public class CreateJobFailedException(string message, Exception inner) : Exception(message, inner);
