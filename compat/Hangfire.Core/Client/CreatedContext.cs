namespace Hangfire.Client;

public class CreatedContext(CreateContext context, BackgroundJob? backgroundJob, bool canceled, Exception? exception)
    : CreateContext(context)
{
    public BackgroundJob? BackgroundJob { get; } = backgroundJob;
    public bool Canceled { get; } = canceled;
    public Exception? Exception { get; } = exception;
    public bool ExceptionHandled { get; set; }
}
