namespace OpenClaw.Demo;

/// <summary>The service did not do what the demo shows.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
