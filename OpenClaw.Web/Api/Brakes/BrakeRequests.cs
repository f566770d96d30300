using System.Text.Json.Serialization;
using OpenClaw.Data.Brakes;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Brakes;

namespace OpenClaw.Web.Api.Brakes;

/// <param name="AgentId">Whose turns; absent, those of all your agents.</param>
/// <param name="Everything">true for all agents there are, whosever they are.</param>
/// <param name="Mode">no_new_turns: what is under way goes on to its end; abort: it is ended.</param>
/// <param name="Reason">Why, for people; one line of up to 200 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetBrakeRequest(Guid? AgentId = null, bool? Everything = null, string? Mode = null, string? Reason = null)
{
    internal BrakeDraft ToDraft() => new(AgentId, Mode is not null && EnumText.TryParse<BrakeMode>(Mode, out var mode) ? mode : null, Reason) { IsOfEverything = Everything is true };
}
