using System.Globalization;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Questions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>What agents, workflows and budgets ask, answered in words or by number.</summary>
public sealed class QuestionCommands(QuestionService service, QuestionQueries queries, CommandLog log)
{
    private const int Shown = 10;

    /// <summary>Whether the words can be an answer, and are not for the agent that the person talks with.</summary>
    public async Task<bool> IsMeantAsync(Command.AnswerQuestion command, CommandMessage message, CancellationToken cancellationToken)
    {
        var (id, rest) = Split(command.Words);

        // So does a button speak, also one that is pressed when its question has ended.
        return (id.Length == QuestionTexts.TailLength && id.All(char.IsAsciiHexDigit) && rest is [>= '1' and <= '9'])
            || (await OpenAsync(message.Caller, cancellationToken)).Any(standing => ChoiceIn(standing.Question, command.Words) is not null || (rest.Length > 0 && Fits(standing.Question.Id, id)))
            || await log.LastTalkedToAsync(message, cancellationToken) is null;
    }

    /// <summary>What waits, each with its choices.</summary>
    public async Task<string> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(caller, cancellationToken);
        return open.Count == 0
            ? "Nothing waits for an answer of yours."
            : string.Join('\n', ["Waiting for an answer (answer <id> <number>):", .. open.Take(Shown).Select(Line), .. open.Count > Shown ? ["… and more: see the dashboard."] : Array.Empty<string>()]);
    }

    /// <summary>Takes the answer, when it is clear of which question it is one.</summary>
    public async Task<CommandAnswer> AnswerAsync(Command.AnswerQuestion command, CommandMessage message, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(message.Caller, cancellationToken);
        var (id, rest) = Split(command.Words);
        var named = rest.Length == 0 ? [] : open.Where(standing => Fits(standing.Question.Id, id)).ToList();
        var found = named.Count > 0
            ? [.. named.Select(standing => (standing.Question, Choice: ChoiceIn(standing.Question, rest)))]
            : open.Select(standing => (standing.Question, Choice: ChoiceIn(standing.Question, command.Words))).ToList();
        return found.Where(one => one.Choice is not null).ToList() switch
        {
            [var (question, choice)] => await AnswerAsync(question, choice!, message, cancellationToken),
            [] when open.Count == 0 => CommandAnswer.Refused("Nothing waits for an answer of yours. Nothing was done."),
            [] => CommandAnswer.NotUnderstood("That answers none of the questions.", (named.Count > 0 ? named : open).Take(Shown).Select(Line)),
            var several => CommandAnswer.NotUnderstood("Which of these?", several.Take(Shown).Select(one => $"answer {QuestionTexts.Tail(one.Question.Id)} {Array.IndexOf(one.Question.Choices, one.Choice) + 1} ({QuestionTexts.Line(one.Question.Text)}: {one.Choice})")),
        };
    }

    /// <summary>
    /// Reads a text that is no command: a choice of a question that is open, or its number, answers it. Where the person has written
    /// to an agent since they were asked, it may be meant for that one, and they are asked which. Null for any other text.
    /// </summary>
    public async Task<(Command.AnswerQuestion? Command, CommandAnswer? Unclear)?> ReadAsync(CommandMessage message, CancellationToken cancellationToken)
    {
        var text = message.Text.Trim();
        if (text.Length is 0 or > QuestionDraft.MaxChoice + 1)
        {
            return null;
        }

        var fitting = (await OpenAsync(message.Caller, cancellationToken)).Where(standing => ChoiceIn(standing.Question, text) is not null).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var command = new Command.AnswerQuestion(text);
        var first = fitting[^1].Question;
        return fitting.Count == 1 && await log.LastTalkedToAsync(message, first.AskedAt, cancellationToken) is not null
            ? (null, CommandAnswer.NotUnderstood($"Is that your answer to \"{QuestionTexts.Line(first.Text)}\"? If it is, write the first; for the agent, the second:", [$"answer {QuestionTexts.Tail(first.Id)} {text}", $"tell <agent> {text}"]))
            : (command, null);
    }

    private async Task<CommandAnswer> AnswerAsync(Question question, string choice, CommandMessage message, CancellationToken cancellationToken) =>
        (await service.AnswerAsync(question.Id, choice, message.Caller, CommandActions.KeyOf(message), cancellationToken)).Match(
            _ => CommandAnswer.Done($"Answered: {choice}. ({QuestionTexts.Line(question.Text)})") with { Meaning = new Command.AnswerQuestion($"{QuestionTexts.Tail(question.Id)} {choice}") },
            refusal => CommandAnswer.Refused(refusal.Detail));

    private async Task<List<QuestionStanding>> OpenAsync(Caller caller, CancellationToken cancellationToken) =>
        (await queries.ListAsync(QuestionState.Open, agent: null, QuestionService.MostOpen * 5, offset: 0, caller, cancellationToken)).Page;

    private static string Line(QuestionStanding standing)
    {
        var question = standing.Question;
        var choices = string.Join(", ", question.Choices.Select((choice, index) => $"{index + 1} {choice}"));
        return $"• {QuestionTexts.Tail(question.Id)}: {(standing.AgentName is { } name ? $"{name}: " : "")}{QuestionTexts.Line(question.Text)} ({choices})";
    }

    private static (string Id, string More) Split(string words)
    {
        var end = words.IndexOfAny([' ', '\t', '\n']);
        return end < 0 ? (words, "") : (words[..end].Trim(':', ','), words[(end + 1)..].Trim());
    }

    private static bool Fits(Guid id, string given) => given.Length >= 4 && id.ToString("N").EndsWith(given.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static string? ChoiceIn(Question question, string text)
    {
        var said = text.Trim().TrimEnd('.', '!', ')');
        return Array.Find(question.Choices, choice => choice.Equals(said, StringComparison.OrdinalIgnoreCase) || choice.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= question.Choices.Length ? question.Choices[number - 1] : null);
    }
}
