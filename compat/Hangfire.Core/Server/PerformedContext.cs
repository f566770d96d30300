namespace Hangfire.Server;

public class PerformedContext(PerformContext context, object? result, bool canceled, Exception? exception) : PerformContext(context)
{
    public object? Result { get; } = result;
    public bool Canceled { get; } = canceled;
    public Exception? Exception { get; } = exception;
    public bool ExceptionHandled { get; set; }
}
