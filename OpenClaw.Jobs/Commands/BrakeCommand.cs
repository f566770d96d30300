using OpenClaw.Data.Brakes;
using OpenClaw.Jobs.Brakes;

namespace OpenClaw.Jobs.Commands;

/// <summary>The brake over all agents of the person, set and released in words.</summary>
public sealed class BrakeCommand(BrakeService brakes)
{
    public async Task<CommandAnswer> SetAsync(CommandMessage message, CancellationToken cancellationToken) =>
        (await brakes.SetAsync(new BrakeDraft(AgentId: null, BrakeMode.Abort, Reason: null), message.Caller, cancellationToken)).Match(
            brake => CommandAnswer.Done($"The brake is on for {brake.Whose}: no turn begins, and those under way are ended. What comes is kept. To let it begin: release the brake"),
            refusal => CommandAnswer.Refused(refusal.Detail));

    public async Task<CommandAnswer> ReleaseAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        var caller = message.Caller;
        var on = (await brakes.ListAsync(caller, cancellationToken)).Where(brake => brake.IsOn && brake.AgentId is null).ToList();
        if (on.FirstOrDefault(brake => brake.Owner == caller.Owner) is not { } own)
        {
            return CommandAnswer.Refused(on.Count == 0 ? "No brake is on." : "The brake is on for all agents there are; it is released on the dashboard.");
        }

        return (await brakes.ReleaseAsync(own.Id, caller, cancellationToken)).Match(
            brake => CommandAnswer.Done($"The brake of {brake.Whose} is released: what waited begins, a few agents a second."),
            refusal => CommandAnswer.Refused(refusal.Detail));
    }
}
