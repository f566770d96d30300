using Hangfire.Client;

namespace Hangfire;

#pragma warning disable CA1032 // The constructors are the package's.
public class BackgroundJobClientException(string message, Exception inner) : CreateJobFailedException(message, inner);
