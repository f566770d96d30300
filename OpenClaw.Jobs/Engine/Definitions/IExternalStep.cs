namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>A step with an effect outside of our database. It may run again after a crash, with the same key.</summary>
public interface IExternalStep
{
    /// <summary>Acts, handing on <see cref="StepContext.IdempotencyKey"/>, and returns the step's output or null.</summary>
    Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken);
}
