namespace Hangfire.Server;

#pragma warning disable CA1032 // The constructors are the package's.
public class JobAbortedException : OperationCanceledException;
