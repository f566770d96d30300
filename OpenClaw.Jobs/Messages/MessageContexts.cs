using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Messages;

/// <summary>Keeps what an agent is shown beside the text of a message, until the message is delivered.</summary>
/// <remarks>It may be as large as pictures are, so it is no part of the message's row; that one's metadata says that there is one.</remarks>
public sealed class MessageContexts(IDbContextFactory<OpenClawDbContext> contexts)
{
    private const string Mark = "context";

    /// <summary>Null for a message that came with its text alone.</summary>
    public async Task<TurnContext?> ReadAsync(Guid messageId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.MessageContexts.AsNoTracking().SingleOrDefaultAsync(context => context.MessageId == messageId, cancellationToken);
        return stored is null ? null : WorkflowJson.Read<TurnContext>(stored.Content);
    }

    /// <summary>The metadata of a message with a context: how much there is of it, for people, and a hash, so that another context is another message.</summary>
    internal static string Describe(JsonElement? metadata, TurnContext context)
    {
        var described = metadata is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        described[Mark] = new JsonObject
        {
            ["messages"] = context.Earlier.Count,
            ["pictures"] = context.AllPictures().Count(),
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(context, WorkflowJson.Options))),
        };
        return described.ToJsonString();
    }

    /// <summary>The hash of a message's context; null for none.</summary>
    internal static string? HashOf(string metadata)
    {
        if (!metadata.Contains($"\"{Mark}\"", StringComparison.Ordinal))
        {
            return null;
        }

        // Senders write metadata too, and may call something by this name.
        using var parsed = JsonDocument.Parse(metadata);
        return parsed.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(Mark, out var mark)
            && mark.ValueKind is JsonValueKind.Object && mark.TryGetProperty("sha256", out var hash) && hash.ValueKind is JsonValueKind.String
            ? hash.GetString()
            : null;
    }
}

internal static class MessageContextDbContextExtensions
{
    /// <summary>Adds the context of a message that is added too.</summary>
    public static void AddContext(this OpenClawDbContext db, Message message, TurnContext? context)
    {
        if (context is not null)
        {
            db.MessageContexts.Add(new MessageContext { MessageId = message.Id, Content = JsonSerializer.Serialize(context, WorkflowJson.Options) });
        }
    }
}
