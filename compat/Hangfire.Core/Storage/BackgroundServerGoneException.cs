namespace Hangfire.Storage;

#pragma warning disable CA1032 // The constructors are the package's.
public class BackgroundServerGoneException : Exception;
