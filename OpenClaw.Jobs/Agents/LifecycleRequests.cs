using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Agents;

/// <summary>Stored with a provision_agent run.</summary>
public sealed record ProvisionRequest;

/// <summary>Stored with a pause_agent run.</summary>
public sealed record PauseRequest
{
    /// <summary>The question to the owner whose answer ends the pause; null where a person does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Question { get; init; }
}

/// <summary>Stored with a resume_agent run.</summary>
/// <param name="Checkpoint">The checkpoint's number; null for the newest.</param>
public sealed record ResumeRequest(int? Checkpoint);

/// <summary>Stored with a stop_agent run.</summary>
public sealed record StopRequest;
