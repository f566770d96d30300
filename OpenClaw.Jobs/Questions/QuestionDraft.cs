using OpenClaw.Data.Questions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Questions;

/// <summary>A question as somebody wants it asked. Nothing in it is checked yet.</summary>
/// <param name="Text">What the owner is asked.</param>
/// <param name="Choices">What the owner may answer, in order.</param>
/// <param name="Default">What counts when nobody answers in time; null for nothing.</param>
public sealed record QuestionDraft(string? Text, IReadOnlyList<string?>? Choices, string? Default)
{
    public const int MaxText = 1_000;
    public const int MaxChoice = 60;

    /// <summary>As many as OpenClaw's clients show.</summary>
    public const int MostChoices = 4;

    public static readonly TimeSpan DefaultExpiry = TimeSpan.FromDays(7);

    public static readonly TimeSpan ShortestTime = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestTime = TimeSpan.FromDays(90);

    private static readonly TimeSpan LongestBeforeReminder = TimeSpan.FromDays(1);

    /// <summary>How long it waits; null for <see cref="DefaultExpiry"/>.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>After which the owner is told once more; null for a day, or half of the time when that is less.</summary>
    public TimeSpan? RemindAfter { get; init; }

    internal TimeSpan Expiry => ExpiresIn ?? DefaultExpiry;

    internal TimeSpan Reminder => RemindAfter ?? (Expiry / 2 < LongestBeforeReminder ? Expiry / 2 : LongestBeforeReminder);

    /// <summary>Null when all is well.</summary>
    public Refusal.Invalid? Check()
    {
        var errors = new Dictionary<string, string[]>();
        if (Text is null || Text.Length > MaxText || !ForeignText.IsWhole(Text) || !ForeignText.IsVisible(Text))
        {
            errors["question"] = [$"question must have 1 to {MaxText} characters that can be seen."];
        }

        if (Choices is null || Choices.Count is < 2 or > MostChoices || Choices.Any(choice => !IsChoice(choice)) || Choices.Distinct(StringComparer.OrdinalIgnoreCase).Count() != Choices.Count)
        {
            errors["choices"] = [$"choices must be 2 to {MostChoices} different texts of 1 to {MaxChoice} characters in one line, none of them a digit by itself: people answer by number."];
        }
        else if (Default is not null && !Choices.Contains(Default))
        {
            errors["default"] = ["default must be one of the choices; leave it out for none."];
        }

        if (ExpiresIn is { } expiry && (expiry < ShortestTime || expiry > LongestTime))
        {
            errors["expires_in"] = [$"expires_in must be a time from 1m to {LongestTime.TotalDays:0}d, such as 12h or 3d; leave it out for {DefaultExpiry.TotalDays:0}d."];
        }
        else if (RemindAfter is { } reminder && (reminder < ShortestTime || reminder >= Expiry))
        {
            errors["remind_after"] = ["remind_after must be a time from 1m, and less than expires_in; leave it out for a day, or half of the time when that is less."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private static bool IsChoice(string? choice) =>
        choice is { Length: > 0 and <= MaxChoice } && ForeignText.IsLine(choice) && ForeignText.IsVisible(choice) && choice == choice.Trim() && !(choice.Length == 1 && char.IsDigit(choice[0]));
}

/// <summary>A question that is to be asked.</summary>
/// <param name="Owner">Who is asked.</param>
/// <param name="Asker">What kind of thing waits for the answer.</param>
/// <param name="Subject">Who asks, by name, for people.</param>
/// <param name="Key">The asker's own, with its kind in front: the same one is asked once.</param>
/// <param name="Draft">What is asked. It has been checked.</param>
/// <param name="AskedBy">Named in the audit.</param>
public sealed record NewQuestion(string Owner, QuestionAsker Asker, string Subject, string Key, QuestionDraft Draft, string AskedBy)
{
    public Guid? AgentId { get; init; }

    public Guid? WorkflowUuid { get; init; }

    public bool TellsAgent { get; init; }

    /// <summary>JSON for the asker.</summary>
    public string? Context { get; init; }

    /// <summary>As what the owner is told of it.</summary>
    public NoticeEvent Event { get; init; } = NoticeEvent.Question;
}
