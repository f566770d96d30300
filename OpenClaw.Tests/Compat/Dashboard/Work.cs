using System.Diagnostics.CodeAnalysis;
using Hangfire;

namespace OpenClaw.Tests.Compat.Dashboard;

/// <summary>Jobs to look at; no server runs them here.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Jobs of an instance are what the dashboard mostly shows.")]
public sealed class Work
{
    [AutomaticRetry(Attempts = 0)]
    public void Send(string recipient, int attempt)
    {
    }

    [AutomaticRetry(Attempts = 3)]
    public void Try()
    {
    }

    [JobDisplayName("Greet {0}")]
    [AutomaticRetry(Attempts = 0)]
    public void Greet(string name)
    {
    }
}
