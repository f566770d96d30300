using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace OpenClaw.Web.Api.Workflows;

/// <param name="Status">ENQUEUED, PENDING, SUCCESS, ERROR, CANCELLED or RETRIES_EXCEEDED, in either case.</param>
/// <param name="Name">For example provision_agent.</param>
/// <param name="AgentId">Of this agent.</param>
/// <param name="Since">Created at this time or later.</param>
/// <param name="Cursor">The next_cursor of the page before.</param>
/// <param name="Limit">1 to 500; default 50.</param>
public sealed record WorkflowListQuery(string? Status, string? Name, [property: FromQuery(Name = "agent_id")] Guid? AgentId, DateTimeOffset? Since, Guid? Cursor, int? Limit);

/// <param name="Reason">For the workflow's log.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancelWorkflowRequest(string? Reason = null);

/// <param name="Step">Where the new run begins: the name of a step that the old one had reached.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ForkWorkflowRequest(string? Step);
