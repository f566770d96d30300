using System.Text;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>Reads a model's reply to its end, tells how it grows, and gives up one that does not go on.</summary>
internal sealed class ModelReader(IModelClient client, ModelErrors errors, TimeSpan patience)
{
    public async Task<TurnReply> ReadAsync(ModelRequest request, IProgress<string>? growing, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(patience);
        try
        {
            return await ReadAsync(client.StreamAsync(request, silence.Token), growing, () => silence.CancelAfter(patience));
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw errors.Silent(patience);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.Broken(exception);
        }
    }

    private async Task<TurnReply> ReadAsync(IAsyncEnumerable<ModelChunk> chunks, IProgress<string>? growing, Action heard)
    {
        var (text, finish, usage) = (new StringBuilder(), (ModelFinish?)null, (TurnUsage?)null);
        await foreach (var chunk in chunks)
        {
            heard();
            text.Append(chunk.Text);
            growing?.Report(chunk.Text);
            finish = chunk.Finish ?? finish;
            usage = chunk.Usage ?? usage;
        }

        return finish switch
        {
            null => throw errors.Cut(),
            ModelFinish.Filtered => throw errors.Filtered(),
            _ when string.IsNullOrWhiteSpace(text.ToString()) => throw errors.Empty(),

            // PostgreSQL stores any character but this one.
            _ => new TurnReply(text.Replace('\0', ' ').ToString(), usage),
        };
    }
}
