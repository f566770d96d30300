namespace Hangfire.Storage;

public class InvocationData;
