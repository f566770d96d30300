using System.Collections.Concurrent;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Workers;

/// <summary>
/// Gives the connections of this node the turns of the agents that they serve: one at a time for each agent, and again when
/// the connection that had it is gone. It is woken by notifications; a look every two seconds is the guarantee.
/// </summary>
internal sealed partial class WorkerTurnSender : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly WorkerTurns _turns;
    private readonly AgentWorkers _servers;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkerTurnSender> _logger;
    private readonly ConcurrentDictionary<(Guid Agent, string Connection), Server> _served = new();
    private readonly SemaphoreSlim _wake = new(0);

    public WorkerTurnSender(GatewayHub hub, WorkerTurns turns, AgentWorkers servers, TimeProvider time, ILogger<WorkerTurnSender> logger)
    {
        (_turns, _servers, _time, _logger) = (turns, servers, time, logger);
        hub.Left += Leave;
    }

    /// <summary>From now on the connection takes the agent's turns.</summary>
    public async Task ServeAsync(GatewayConnection connection, Agent agent, CancellationToken cancellationToken)
    {
        var server = _served[(agent.Id, connection.Id)] = new Server(connection, AgentLookup.Of(agent));
        await _servers.AddAsync(agent.Id, connection.Id, cancellationToken);
        if (!_served.ContainsKey((agent.Id, connection.Id)))
        {
            // It has left meanwhile.
            await _servers.RemoveAsync(connection.Id, agent.Id, CancellationToken.None);
            return;
        }

        server.IsKnown = true;
        Wake();
    }

    /// <summary>It takes them no more; one that it has is given to another.</summary>
    public Task ReleaseAsync(GatewayConnection connection, Agent agent, CancellationToken cancellationToken)
    {
        _served.TryRemove((agent.Id, connection.Id), out _);
        return _servers.RemoveAsync(connection.Id, agent.Id, cancellationToken);
    }

    /// <summary>Whether the connection may write as this sender: it serves the agent.</summary>
    public bool SpeaksAs(GatewayConnection connection, string sender) =>
        _served.Keys.Any(server => server.Connection == connection.Id && sender == Addresses.OfAgent(server.Agent));

    /// <summary>What a node has told of a turn.</summary>
    public void Heard(string news)
    {
        if (WorkerTurns.Withdrawn(news) is { } withdrawn)
        {
            TellWithdrawn(withdrawn.AgentId, withdrawn.TurnKey);
        }
        else if (!Guid.TryParse(news, out var agent))
        {
            _turns.Heard(news);
        }
        else if (_served.Keys.Any(server => server.Agent == agent))
        {
            Wake();
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(LookInterval, stoppingToken);
                if (!_served.IsEmpty)
                {
                    await GiveAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: the loop goes on, and so does the service.
                LogAway(_logger, exception.Message);
                await Task.Delay(LookInterval, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task GiveAsync(CancellationToken cancellationToken)
    {
        (Guid, string)[] servers = [.. _served.Where(served => served.Value.IsKnown).Select(served => served.Key)];
        foreach (var turn in await _turns.TakeAsync(servers, cancellationToken))
        {
            // One that has just left is noticed at the next look.
            if (_served.TryGetValue((turn.AgentId, turn.ConnectionId), out var server))
            {
                var told = new RuntimeTurn(turn.TurnKey, server.AgentName, turn.SessionKey, turn.Kind, turn.Message, turn.Persona, turn.Delivery);
                server.Connection.Send("runtime.turn", ProtocolJson.Element(told));
            }
        }
    }

    // All that serve the agent: who has the turn is not kept here, and the others do not know it.
    private void TellWithdrawn(Guid agentId, string turnKey)
    {
        foreach (var server in _served.Where(served => served.Key.Agent == agentId).Select(served => served.Value))
        {
            server.Connection.Send("runtime.cancel", ProtocolJson.Element(new RuntimeCancel(turnKey, server.AgentName)));
        }
    }

    private void Leave(GatewayConnection connection)
    {
        var served = _served.Keys.Where(server => server.Connection == connection.Id).ToList();
        foreach (var server in served)
        {
            _served.TryRemove(server, out _);
        }

        if (served.Count > 0)
        {
            _ = ForgetAsync(connection.Id);
        }
    }

    private async Task ForgetAsync(string connectionId)
    {
        try
        {
            await _servers.RemoveAsync(connectionId);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            LogAway(_logger, exception.Message);
        }

        // Whoever else serves the agent here goes on with its turn.
        Wake();
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    [LoggerMessage(EventId = 2206, Level = LogLevel.Debug, Message = "Turns are not given to processes for the moment: {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);

    private sealed class Server(GatewayConnection connection, string agentName)
    {
        public GatewayConnection Connection => connection;

        public string AgentName => agentName;

        /// <summary>The database knows of it. What it is given before counts as had by one that is gone, and is given once more.</summary>
        public volatile bool IsKnown;
    }
}
