using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>Keeps what came with a message of somebody who is heard. A repetition writes the same files again.</summary>
public sealed class KeepMediaStep(MediaStore store, IDbContextFactory<OpenClawDbContext> contexts) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var admission = await context.OutputOfAsync<Admission>("admit", cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = context.Request<ReceiveWhatsAppRequest>().MessageId;
        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        var media = WorkflowJson.Read<List<InboundMedia>>(message.Media);
        var kept = new List<InboundMedia>();
        for (var i = 0; i < media.Count; i++)
        {
            kept.Add(admission.Owner is null ? media[i] with { Reason = "Its sender is not heard." } : await store.KeepAsync($"{message.Id:N}-{i}", media[i], cancellationToken));
        }

        return new KeptMedia(kept);
    }
}

/// <summary>Output of the step.</summary>
public sealed record KeptMedia(IReadOnlyList<InboundMedia> Media);
