using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>The conversations that a connection follows.</summary>
internal sealed class FollowedConversations(GatewayLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IDisposable?> _places = [];
    private bool _ended;

    public bool Has(string sessionKey)
    {
        lock (_lock)
        {
            return _places.ContainsKey(sessionKey);
        }
    }

    /// <param name="sessionKey">Of the conversation.</param>
    /// <param name="share">Of the key that the connection came with; null without one.</param>
    /// <exception cref="GatewayException">The connection, or the key, follows as many as it may already.</exception>
    public void Add(string sessionKey, KeyShare? share)
    {
        lock (_lock)
        {
            if (_ended || _places.ContainsKey(sessionKey))
            {
                return;
            }

            if (_places.Count >= limits.MaxFollowed)
            {
                throw GatewayException.Invalid($"a connection may follow up to {limits.MaxFollowed} conversations: unsubscribe from some");
            }

            _places.Add(sessionKey, share?.Follow());
        }
    }

    public void Remove(string sessionKey)
    {
        lock (_lock)
        {
            if (_places.Remove(sessionKey, out var place))
            {
                place?.Dispose();
            }
        }
    }

    /// <summary>The connection is gone, and follows nothing any more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            foreach (var place in _places.Values)
            {
                place?.Dispose();
            }

            _places.Clear();
        }
    }
}
