using System.Text;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

public sealed partial class ScheduleService
{
    /// <summary>UTF-8 of what is kept beside a prompt.</summary>
    public const int MaxNotes = 65_536;

    /// <summary>Replaces what the agent is sent behind the prompt's message.</summary>
    /// <param name="id">The prompt.</param>
    /// <param name="notes">What shall be there; null for nothing.</param>
    /// <param name="expected">The revision that the caller has read; null for whatever it is.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <returns>Whether it was done, which it is not when the revision is another one.</returns>
    public Task<Decision<NotesChange>> ReplaceNotesAsync(Guid id, string? notes, int? expected, Caller caller, CancellationToken cancellationToken) => ChangeAsync<NotesChange>(
        id,
        caller,
        (prompt, _, db) =>
        {
            var revision = prompt.NotesRevision ?? 0;
            if (expected is { } read && read != revision)
            {
                return Task.FromResult<Decision<NotesChange>>(new NotesChange(IsDone: false, revision));
            }

            if (notes is not null && (Encoding.UTF8.GetByteCount(notes) > MaxNotes || !ForeignText.IsWhole(notes)))
            {
                return Task.FromResult<Decision<NotesChange>>(Refusal.Invalid.Of("content", $"content may have up to {MaxNotes} bytes."));
            }

            prompt.Notes = notes;
            prompt.NotesRevision = revision + 1;
            prompt.NotesAt = time.GetUtcNow();
            Audit(db, caller, "prompt.notes", prompt);
            return Task.FromResult<Decision<NotesChange>>(new NotesChange(IsDone: true, revision + 1));
        },
        cancellationToken);
}

/// <param name="IsDone">False when somebody else has changed them meanwhile.</param>
/// <param name="Revision">The one that is there now.</param>
public sealed record NotesChange(bool IsDone, int Revision);
