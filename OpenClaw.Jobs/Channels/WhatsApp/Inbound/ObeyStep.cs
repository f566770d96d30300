using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>Hands the command to the command handler, with Twilio's id of the message: asked again, it answers as it did and acts no second time.</summary>
public sealed class ObeyStep(ICommandHandler handler, RestOfText rest, IDbContextFactory<OpenClawDbContext> contexts) : IExternalStep
{
    private const string Source = "whatsapp";
    private const string Nothing = "There is nothing in that message that I can read. Tell me in words.";

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var admission = await context.OutputOfAsync<Admission>("admit", cancellationToken);
        if (admission is not { Owner: { } owner, Command: { } command })
        {
            return new Answer(admission.Answer);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = context.Request<ReceiveWhatsAppRequest>().MessageId;
        var message = await db.WhatsAppMessages.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (string.IsNullOrWhiteSpace(command))
        {
            var media = await context.OutputOfAsync<KeptMedia>("keep_media", cancellationToken);
            return new Answer(media.Media.Count == 0 ? Nothing : media.Media.All(one => one.File is null) ? "I could not keep that: " + media.Media[0].Reason : "Kept. Tell me in words what to do with it.");
        }

        if (await rest.AskedForAsync(message.Contact, command, cancellationToken) is var (text, key))
        {
            return new Answer(text, key);
        }

        return new Answer(await handler.HandleAsync(new CommandMessage(message.Key, command, new Caller(owner, Source), Source, message.Contact), cancellationToken));
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Text">Null for no answer.</param>
/// <param name="Key">Of the rest of an earlier text, in WhatsApp's marks: the key of its message. Null for any other answer.</param>
public sealed record Answer(string? Text, string? Key = null);
