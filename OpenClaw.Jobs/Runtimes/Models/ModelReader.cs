using System.Text;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>Reads a model's reply to its end, tells how it grows, and gives up one that shows no sign of life.</summary>
internal sealed class ModelReader(IModelClient client, ModelErrors errors, TimeSpan patience, TimeProvider time)
{
    // With thoughts, which are no part of the reply. What is longer than that is read no further.
    private const int MaxLength = 4 * AgentReply.MaxLength;

    /// <param name="request">What is asked.</param>
    /// <param name="growing">Takes what comes; null when nobody wants to see it grow.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="billed">Told what the provider counts, also where that is no reply in the end.</param>
    /// <param name="first">How long it may be silent before its first byte; null for as long as later.</param>
    /// <param name="alive">Told that something of a reply has come.</param>
    /// <param name="idle">For how long the agent lets it be silent; null for as long as all agents do.</param>
    public async Task<TurnReply> ReadAsync(
        ModelRequest request, IProgress<string>? growing, CancellationToken cancellationToken, Action<TurnUsage>? billed = null, TimeSpan? first = null, Action? alive = null, TimeSpan? idle = null)
    {
        var most = idle ?? patience;
        var hasHeard = false;
        using var silence = new CancellationTokenSource(first is { } sooner && sooner < most ? sooner : most, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await ReadAsync(client.StreamAsync(request, enough.Token), growing, Heard, billed, alive);
        }
        catch (Exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw hasHeard || first is null || first >= most ? idle is null ? errors.Silent(most) : errors.Silent(most, $"configuration.{TurnLimits.IdleSetting}") : errors.Silent(first.Value, $"configuration.{Fallbacks.PatienceSetting}");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Of(exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // What was in the way of giving up is nobody's failure.
            throw new OperationCanceledException("The turn was given up.", exception, cancellationToken);
        }

        void Heard()
        {
            hasHeard = true;
            silence.CancelAfter(most);
        }
    }

    private async Task<TurnReply> ReadAsync(IAsyncEnumerable<ModelChunk> chunks, IProgress<string>? growing, Action heard, Action<TurnUsage>? billed, Action? alive)
    {
        var (text, finish, usage) = (new StringBuilder(), (ModelFinish?)null, (TurnUsage?)null);
        await foreach (var chunk in chunks)
        {
            heard();
            finish = chunk.Finish ?? finish;
            if (chunk.Text.Length > 0 || chunk.Finish is not null)
            {
                alive?.Invoke();
            }

            if (chunk.Usage is { } counted)
            {
                usage = counted;
                billed?.Invoke(counted);
            }

            if (chunk.Text.Length == 0)
            {
                continue;
            }

            text.Append(chunk.Text);
            growing?.Report(chunk.Text);
            if (text.Length > MaxLength)
            {
                finish = ModelFinish.Length;
                break;
            }
        }

        var said = AgentReply.Clean(text.ToString());
        return finish switch
        {
            null => throw errors.Cut(),
            ModelFinish.Filtered => throw errors.Filtered(),
            _ when string.IsNullOrWhiteSpace(said) => throw errors.Empty(usedUp: finish is ModelFinish.Length),
            _ => new TurnReply(said, usage),
        };
    }
}
