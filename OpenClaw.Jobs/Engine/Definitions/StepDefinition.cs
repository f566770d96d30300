namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>One named step of a workflow.</summary>
/// <param name="Name">Stored with every run; never rename one.</param>
/// <param name="Implementation">An <see cref="IDatabaseStep"/> or <see cref="IExternalStep"/>, resolved from a scope of its own.</param>
/// <param name="Retry">What happens when an attempt fails.</param>
/// <param name="Timeout">How long one attempt may take.</param>
public sealed record StepDefinition(string Name, Type Implementation, RetryPolicy Retry, TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);
}
