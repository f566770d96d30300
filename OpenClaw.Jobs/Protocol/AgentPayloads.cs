namespace OpenClaw.Jobs.Protocol;

/// <summary>The answer to <c>agents.list</c>.</summary>
public sealed record AgentList(string DefaultId, string MainKey, string Scope, IReadOnlyList<AgentRow> Agents);

/// <param name="Id">By which clients name the agent.</param>
/// <param name="Name">For people.</param>
/// <param name="Model">What it runs on.</param>
/// <param name="AgentUuid">Our own id; an addition to the protocol.</param>
/// <param name="Status">Ours: provisioning, running, paused, stopped or failed; an addition to the protocol.</param>
public sealed record AgentRow(string Id, string Name, AgentModel Model, Guid AgentUuid, string Status);

public sealed record AgentModel(string Primary);

public sealed record AgentCreated(bool Ok, string AgentId, string Name, Guid? WorkflowUuid);

public sealed record AgentUpdated(bool Ok, string AgentId);

public sealed record AgentDeleted(bool Ok, string AgentId, Guid? WorkflowUuid);

public sealed record AgentIdentity(string AgentId, string Name, string NameSource);

/// <summary>The answer to our own <c>agents.pause</c>, <c>agents.resume</c>, <c>agents.stop</c> and <c>agents.heartbeat</c>.</summary>
public sealed record OperationStarted(bool Ok, string AgentId, Guid? WorkflowUuid);
