namespace Hangfire.Server;

public class PerformingContext(PerformContext context) : PerformContext(context)
{
    public bool Canceled { get; set; }
}
