using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>Tells who listens that a conversation was begun, changed or deleted.</summary>
internal sealed class SessionNews(SessionRows rows, GatewayHub hub, TimeProvider time)
{
    /// <summary>Returns its row; null for one that is gone.</summary>
    /// <param name="key">In full.</param>
    /// <param name="reason">create, new, reset, patch or delete.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SessionRow?> TellAsync(string key, string reason, Caller caller, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(key, SessionTexts.None, caller, cancellationToken);
        var changed = ProtocolJson.Element(new SessionsChangedEvent(
            true, key, row, key, Jobs.Agents.AgentLookup.OfSession(key), reason, time.GetUtcNow().ToUnixTimeMilliseconds(), row?.SessionId, row?.UpdatedAt, row));
        foreach (var connection in hub.Connections.Where(connection => connection.FollowsSessions && Audience.Of(caller).Has(connection.Caller)))
        {
            connection.Send("sessions.changed", changed);
        }

        return row;
    }
}
