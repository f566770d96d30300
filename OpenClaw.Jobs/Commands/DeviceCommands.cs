using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Devices and nodes in commands: who asks to be let in, and letting them.</summary>
public sealed class DeviceCommands(DevicePairing pairing, NodePairing nodes)
{
    /// <summary>To who may change things and not manage the service.</summary>
    public const string ForAdmins = "Devices are let in and put out by admins alone. Nothing was done.";

    private const int Shown = 10;

    /// <summary>Who asks and who is in, as people read it.</summary>
    public async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = await pairing.ListAsync(cancellationToken);
        var waiting = list.Pending.Select(request => $"• {DeviceTexts.Prefix(request.RequestId)}: {DeviceTexts.Name(request)} {DeviceTexts.Wish(request)}")
            .Concat(Offers(list.Paired).Select(offer => $"• {DeviceTexts.Prefix(offer.Pending.RequestId)}: {DeviceTexts.Name(offer.Node)} offers as a node: {DeviceTexts.Commands(offer.Pending.Offer)}")).ToList();
        var paired = list.Paired.Select(device => $"• {DeviceTexts.Prefix(device.DeviceId)}: {DeviceTexts.Name(device)}, {string.Join(" and ", device.Roles)}").ToList();
        if (waiting.Count + paired.Count == 0)
        {
            return "No device was let in, and none asks.";
        }

        List<string> lines = [];
        if (waiting.Count > 0)
        {
            lines.AddRange(["Waiting (approve device <id>, or reject device <id>):", .. Some(waiting)]);
        }

        if (paired.Count > 0)
        {
            lines.AddRange(["Let in (remove device <id>):", .. Some(paired)]);
        }

        return string.Join('\n', lines);
    }

    /// <summary>The command with the whole id, and what it is about; or why it cannot be done.</summary>
    public async Task<(Command.OfDevice Command, string About, string? Problem)> FindAsync(Command.OfDevice command, CancellationToken cancellationToken)
    {
        var list = await pairing.ListAsync(cancellationToken);
        List<(string Id, string About)> found = command is Command.RemoveDevice
            ? [.. list.Paired.Where(device => Fits(device.DeviceId, command.Id)).Select(device => (device.DeviceId, $"{DeviceTexts.Name(device)}, {string.Join(" and ", device.Roles)}"))]
            : [
                .. list.Pending.Where(request => Fits(request.RequestId.ToString(), command.Id)).Select(request => (request.RequestId.ToString(), $"{DeviceTexts.Name(request)} {DeviceTexts.Wish(request)}")),
                .. Offers(list.Paired).Where(offer => Fits(offer.Pending.RequestId, command.Id)).Select(offer => (offer.Pending.RequestId, $"{DeviceTexts.Name(offer.Node)} as a node: {DeviceTexts.Commands(offer.Pending.Offer)}")),
            ];
        var problem = found.Count switch
        {
            1 => null,
            0 => command is Command.RemoveDevice ? $"No device begins with {command.Id}. See: devices" : $"No request begins with {command.Id}; it may be over. See: devices",
            _ => $"{found.Count} begin with {command.Id}: write more of it. See: devices",
        };
        return problem is null ? (command with { Id = found[0].Id }, found[0].About, null) : (command, "", problem);
    }

    public async Task<CommandAnswer> DoAsync(Command.OfDevice command, CommandMessage message, CancellationToken cancellationToken)
    {
        // A code may be repeated by somebody else than was asked for it.
        if (!message.Caller.MayManage)
        {
            return CommandAnswer.Refused(ForAdmins);
        }

        var (whole, about, problem) = await FindAsync(command, cancellationToken);
        if (problem is not null)
        {
            return CommandAnswer.Refused(problem);
        }

        var actor = message.Caller.Actor;
        switch (whole)
        {
            case Command.RemoveDevice:
                await pairing.RemoveAsync(whole.Id, actor, cancellationToken);
                return CommandAnswer.Done($"Put out: {about}. Its connections end.");
            case Command.RejectDevice:
                return await pairing.RejectAsync(whole.Id, actor, cancellationToken) is not null || await nodes.RejectAsync(whole.Id, actor, cancellationToken) is not null
                    ? CommandAnswer.Done($"Refused: {about}.")
                    : CommandAnswer.Refused("That request is over.");
            default:
                var approver = DeviceApprover.Owner(actor);
                var decision = await pairing.ApproveAsync(whole.Id, approver, cancellationToken);
                if (decision is Decision<Device>.Refused { Refusal: Refusal.NotFound })
                {
                    decision = await nodes.ApproveAsync(whole.Id, approver, cancellationToken);
                }

                return decision.Match(_ => CommandAnswer.Done($"Let in: {about}."), refusal => CommandAnswer.Refused(refusal is Refusal.NotFound ? "That request is over." : refusal.Detail));
        }
    }

    private static IEnumerable<(Device Node, PendingNodeSurface Pending)> Offers(IEnumerable<Device> devices) =>
        devices.Select(device => (device, PendingNodeSurface.Read(device.PendingNode)!)).Where(offer => offer.Item2 is not null);

    private static List<string> Some(List<string> all) => all.Count <= Shown ? all : [.. all.Take(Shown), $"… and {all.Count - Shown} more"];

    private static bool Fits(string id, string given) => id.StartsWith(given, StringComparison.OrdinalIgnoreCase);
}
