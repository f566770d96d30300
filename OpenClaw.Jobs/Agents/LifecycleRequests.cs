namespace OpenClaw.Jobs.Agents;

/// <summary>Stored with a provision_agent run.</summary>
public sealed record ProvisionRequest;

/// <summary>Stored with a pause_agent run.</summary>
public sealed record PauseRequest;

/// <summary>Stored with a resume_agent run.</summary>
/// <param name="Checkpoint">The checkpoint's number; null for the newest.</param>
public sealed record ResumeRequest(int? Checkpoint);

/// <summary>Stored with a stop_agent run.</summary>
public sealed record StopRequest;
