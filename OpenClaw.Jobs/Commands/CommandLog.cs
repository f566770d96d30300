using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Commands;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Keeps what people wrote and what they were answered.</summary>
public sealed class CommandLog(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>How long a code may be repeated.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    // Within WhatsApp's window for free text: whoever wrote to an agent yesterday still means it.
    private static readonly TimeSpan ConversationLife = TimeSpan.FromHours(24);

    /// <summary>The command that a message was, if it was handled before.</summary>
    public Task<CommandRecord?> FindAsync(CommandMessage message, CancellationToken cancellationToken) => ReadAsync(
        db => db.Commands.AsNoTracking().SingleOrDefaultAsync(
            command => command.Owner == message.Caller.Owner && command.Source == message.Source && command.MessageId == message.Id, cancellationToken),
        cancellationToken);

    /// <summary>Whether the command was this message's, and not another text under its id.</summary>
    public static bool Holds(CommandRecord command, CommandMessage message) => command.Text == Storable(message.Text);

    /// <summary>Newest first.</summary>
    public Task<List<CommandRecord>> ListAsync(Guid? before, int limit, Caller caller, CancellationToken cancellationToken) => ReadAsync(
        db => db.Commands.AsNoTracking().Where(command => command.Owner == caller.Owner && (before == null || command.Id < before))
            .OrderByDescending(command => command.Id).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>The question that the person may answer now: the last one, when it is neither answered nor too old.</summary>
    public Task<CommandRecord?> OpenQuestionAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ReadAsync(
            async db => await Of(db, message).Where(command => command.Code != null).OrderByDescending(command => command.Id).FirstOrDefaultAsync(cancellationToken) is { } last
                && last.CodeExpiresAt > now && (last.CodeUsedBy is null || last.CodeUsedBy == message.Id) ? last : null,
            cancellationToken);
    }

    /// <summary>Lets the question be answered by this message alone. False when another one was faster.</summary>
    public Task<bool> CloseQuestionAsync(CommandRecord question, CommandMessage message, CancellationToken cancellationToken) => ReadAsync(
        async db => await db.Commands.Where(command => command.Id == question.Id && (command.CodeUsedBy == null || command.CodeUsedBy == message.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(command => command.CodeUsedBy, message.Id), cancellationToken) == 1,
        cancellationToken);

    /// <summary>The agent that the person talks with; null when that was too long ago.</summary>
    public Task<Guid?> LastTalkedToAsync(CommandMessage message, CancellationToken cancellationToken) =>
        LastTalkedToAsync(message, time.GetUtcNow() - ConversationLife, cancellationToken);

    /// <summary>The agent that the person has written to since then; null for none.</summary>
    public Task<Guid?> LastTalkedToAsync(CommandMessage message, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var first = Uuid7.Floor(since);
        return ReadAsync(
            db => Of(db, message).Where(command => command.Id >= first && command.AgentId != null && command.Outcome == CommandOutcome.Done && command.Meaning!.StartsWith("tell "))
                .OrderByDescending(command => command.Id).Select(command => command.AgentId).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Stores the answer. When another process has handled the message meanwhile, its answer counts.</summary>
    public async Task<CommandRecord> WriteAsync(CommandMessage message, CommandAnswer answer, CancellationToken cancellationToken)
    {
        // As exact as the database keeps it: the first answer and its repetition are the same.
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var record = new CommandRecord
        {
            Id = Guid.CreateVersion7(now),
            Owner = message.Caller.Owner,
            Source = message.Source,
            Contact = message.Contact ?? "",
            MessageId = message.Id,
            Text = Storable(message.Text),
            Meaning = answer.Meaning is { } meaning ? Storable(meaning.Text) : null,
            Outcome = answer.Outcome,
            Answer = Storable(answer.Text),
            AgentId = answer.AgentId,
            WorkflowUuid = answer.WorkflowUuid,
            Code = answer.Code,
            CodeExpiresAt = answer.Code is null ? null : now + CodeLife,
            CreatedAt = now,
        };
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Commands.Add(record);
            await db.SaveChangesAsync(cancellationToken);
            return record;
        }
        catch (DbUpdateException exception) when (exception.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return (await FindAsync(message, cancellationToken))!;
        }
    }

    private static IQueryable<CommandRecord> Of(OpenClawDbContext db, CommandMessage message) => db.Commands.AsNoTracking()
        .Where(command => command.Owner == message.Caller.Owner && command.Source == message.Source && command.Contact == (message.Contact ?? ""));

    // A command that is too long is kept as far as it could be read.
    private static string Storable(string text) => ForeignText.Clean(text, 2 * CommandParser.MaxLength);

    private async Task<T> ReadAsync<T>(Func<OpenClawDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(db);
    }
}
