using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>What agents, workflows and budgets ask you.</summary>
internal static class QuestionCommands
{
    private static readonly Option<bool> Ended = new("--all") { Description = "Those that have ended, too." };
    private static readonly Argument<string> Question = new("question") { Description = "Its id, or how it begins; claw questions has them." };
    private static readonly Argument<string> Choice = new("choice") { Description = "The number of the choice, or its words." };

    private static readonly Argument<string> Agent = new("agent") { Description = "Who asks: its id, or its name." };
    private static readonly Argument<string[]> Words = new("text") { Description = "What its owner is asked.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string[]> Choices = new("--choice") { Description = "One of the answers; 2 to 4 times.", Required = true };
    private static readonly Option<string> Default = new("--default") { Description = "Which of them counts when nobody answers in time." };
    private static readonly Option<string> ExpiresIn = new("--expires-in") { Description = "How long it waits, such as 12h; left out, 7d." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new("questions", "What agents, workflows and budgets ask you.", ListAsync) { Example = "claw questions --all", Options = [Ended] },
        new("answer", "Answer a question, once.", AnswerAsync) { Example = "claw answer 018f 1", Arguments = [Question, Choice] },
        new("ask", "Have an agent ask its owner.", AskAsync) { Example = "claw ask Ada 'May I?' --choice Yes --choice No", Arguments = [Agent, Words], Options = [Choices, Default, ExpiresIn] },
    ];

    private static async Task<int> ListAsync(CommandContext context)
    {
        var listed = await context.Service.GetAsync(context.Get(Ended) ? "questions" : "questions?state=open", context.Cancelled);
        return context.Say(listed, listed.GetProperty("questions").GetArrayLength() == 0 ? "Nobody asks you anything." : string.Join("\n\n", listed.GetProperty("questions").EnumerateArray().Select(Say)));
    }

    private static async Task<int> AnswerAsync(CommandContext context)
    {
        var given = context.Get(Question);
        var open = (await context.Service.GetAsync("questions?limit=500", context.Cancelled)).GetProperty("questions").EnumerateArray()
            .Where(question => question.Text("id")!.StartsWith(given, StringComparison.OrdinalIgnoreCase)).ToList();
        if (open is not [var question])
        {
            throw new Failure(open.Count == 0 ? ExitCodes.NotFound : ExitCodes.Usage, open.Count == 0 ? $"There is no question {given}; claw questions has them." : $"{open.Count} questions begin with {given}. Write more of the id.");
        }

        var choices = question.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()!).ToList();
        var choice = int.TryParse(context.Get(Choice), out var number) && number >= 1 && number <= choices.Count ? choices[number - 1] : context.Get(Choice);
        var answered = await context.Service.PostAsync($"questions/{question.Text("id")}/answer", new { choice }, context.Cancelled);
        return context.Say(answered, $"{answered.Text("answer")}: {answered.Text("question")}");
    }

    private static async Task<int> AskAsync(CommandContext context)
    {
        var agent = await context.Service.AgentAsync(context.Get(Agent), context.Cancelled);
        var question = new { question = string.Join(' ', context.Get(Words)), choices = context.Get(Choices), @default = context.Get(Default), expires_in = context.Get(ExpiresIn) };
        var asked = await context.Service.PostAsync($"agents/{agent}/questions", question, context.Cancelled);
        return context.Say(asked, $"{asked.Text("id")} is asked; claw questions tells what becomes of it.");
    }

    private static string Say(JsonElement question)
    {
        var choices = question.GetProperty("choices").EnumerateArray().Select((choice, index) => $"  {index + 1}. {choice.GetString()}");
        var ends = question.Text("state") is "open" ? $"until {question.Text("expires_at")}{(question.Text("default") is { } counts ? $", else: {counts}" : "")}" : $"{question.Text("state")}{(question.Text("answer") is { } answer ? $": {answer}" : "")}";
        return $"{question.Text("id")}  {question.Text("agent_name") ?? "all agents"}  {ends}\n  {question.Text("question")}\n{string.Join('\n', choices)}";
    }
}
