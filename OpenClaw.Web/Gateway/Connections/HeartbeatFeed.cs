using System.Threading.Channels;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Tells everybody of the beats of their agents as they end, wherever that is. A hint: <c>last-heartbeat</c> says the same to who asks.</summary>
internal sealed partial class HeartbeatFeed(GatewayHub hub, GatewayBeats beats, ILogger<HeartbeatFeed> logger) : BackgroundService, IWorkflowObserver
{
    private const int AtOnce = 200;

    // What cannot be told in time is not told late.
    private readonly Channel<Guid> _ended = Channel.CreateBounded<Guid>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>A beat has ended on this node: its workflow.</summary>
    public event Action<Guid>? EndedHere;

    public void On(StepMoment moment, StepClaim claim)
    {
        if (moment is not (StepMoment.Succeeded or StepMoment.Ended) || claim.WorkflowName != HeartbeatWorkflow.Name)
        {
            return;
        }

        EndedHere?.Invoke(claim.WorkflowUuid);
        Heard(claim.WorkflowUuid);
    }

    /// <summary>A beat has ended, on whichever node.</summary>
    public void Heard(Guid workflowUuid)
    {
        if (hub.IsAnyoneThere)
        {
            _ended.Writer.TryWrite(workflowUuid);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _ended.Reader.WaitToReadAsync(stoppingToken))
        {
            var ended = new List<Guid>();
            while (ended.Count < AtOnce && _ended.Reader.TryRead(out var one))
            {
                ended.Add(one);
            }

            try
            {
                await TellAsync(ended, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, ended.Count, exception.Message);
            }
        }
    }

    private async Task TellAsync(List<Guid> ended, CancellationToken cancellationToken)
    {
        foreach (var (audience, beat) in await beats.OfWorkflowsAsync(ended, cancellationToken))
        {
            var payload = ProtocolJson.Element(beat);
            foreach (var connection in hub.Connections.Where(connection => audience.Has(connection.Caller)))
            {
                connection.Send("heartbeat", payload);
            }
        }
    }

    [LoggerMessage(EventId = 2214, Level = LogLevel.Warning, Message = "The ends of {Count} heartbeats could not be told to clients: {Reason}")]
    private static partial void LogFailed(ILogger logger, int count, string reason);
}
