using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Dashboard.Live;

/// <summary>What an agent says while it is still at it, on whichever node, for the pages that show it.</summary>
internal sealed class LiveTalk(RunFeed feed)
{
    // A reader who is slower than this lacks parts of a reply until it is whole.
    private const int Backlog = 64;

    public async IAsyncEnumerable<ReplyGrowth> ListenAsync(Guid agentId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mailbox = Channel.CreateBounded<ReplyGrowth>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        feed.Grew += Hear;
        try
        {
            await foreach (var growth in mailbox.Reader.ReadAllAsync(cancellationToken))
            {
                yield return growth;
            }
        }
        finally
        {
            feed.Grew -= Hear;
        }

        void Hear(ReplyGrowth growth)
        {
            if (growth.AgentId == agentId)
            {
                mailbox.Writer.TryWrite(growth);
            }
        }
    }
}
