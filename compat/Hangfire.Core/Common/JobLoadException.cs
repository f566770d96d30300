namespace Hangfire.Common;

public class JobLoadException : Exception;
