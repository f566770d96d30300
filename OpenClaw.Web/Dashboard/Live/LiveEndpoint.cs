using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Live;

/// <summary>
/// The stream of a page: it says that there is something new, and the page asks for itself again. A page that shows an
/// agent's conversation is also told how the agent's replies grow.
/// </summary>
internal static class LiveEndpoint
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    public static async Task<ServerSentEventsResult<string>> StreamAsync(
        Guid? agent, ClaimsPrincipal user, AgentQueries agents, LivePulse pulse, LiveTalk talk, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        // Nobody hears what an agent of somebody else says.
        var shown = agent is { } id ? await agents.FindAsync(id, user.ToCaller(), cancellationToken) : null;
        var changes = ChangesAsync(pulse, cancellationToken);
        IAsyncEnumerable<SseItem<string>>[] sources = shown is null ? [changes] : [changes, RepliesAsync(talk, shown.Id, cancellationToken)];
        return TypedResults.ServerSentEvents(EventsAsync(sources, lifetime.ApplicationStopping, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> ChangesAsync(LivePulse pulse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var version in pulse.ListenAsync(cancellationToken))
        {
            yield return new SseItem<string>(version.ToString(CultureInfo.InvariantCulture), "changed");
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> RepliesAsync(LiveTalk talk, Guid agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var growth in talk.ListenAsync(agent, cancellationToken))
        {
            yield return new SseItem<string>(JsonSerializer.Serialize(new Reply(growth), JsonSerializerOptions.Web), "reply");
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        IAsyncEnumerable<SseItem<string>>[] sources, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);

        // One place, so that what a page has not taken yet stays with its source, which knows what may be left out.
        var events = Channel.CreateBounded<SseItem<string>>(1);
        var forwarding = ForwardAsync(sources, events.Writer, ended.Token);
        try
        {
            yield return new SseItem<string>("", "hello") { ReconnectionInterval = Reconnect };
            await foreach (var item in events.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return item;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await forwarding;
        }
    }

    private static async Task ForwardAsync(IAsyncEnumerable<SseItem<string>>[] sources, ChannelWriter<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(sources.Select(async source =>
            {
                await foreach (var item in source.WithCancellation(cancellationToken))
                {
                    await events.WriteAsync(item, cancellationToken);
                }
            }));
        }
        catch (OperationCanceledException)
        {
            // Neither a page that is closed nor a service that stops is an error.
        }
        finally
        {
            events.Complete();
        }
    }

    private sealed record Reply(Guid MessageId, int Position, string Text)
    {
        public Reply(ReplyGrowth growth)
            : this(growth.MessageId, growth.Position, growth.Delta)
        {
        }
    }
}
