namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>
/// A conversation as models want it that know two sides which take turns, the person's first: Anthropic's, and those whose
/// templates know no system role (Gemma, early Mistral). Ours may begin in the middle, and several may have said something.
/// </summary>
internal static class TakenTurns
{
    private const string Beginning = "[What was said before is left out.]";

    /// <param name="messages">Oldest first.</param>
    /// <param name="opening">What the person says before everything else; null for nothing.</param>
    public static List<ModelMessage> Of(IReadOnlyList<ModelMessage> messages, string? opening = null)
    {
        var turns = new List<ModelMessage>();
        if (opening is not null || messages[0].FromAgent)
        {
            turns.Add(new ModelMessage(FromAgent: false, opening ?? Beginning));
        }

        foreach (var message in messages)
        {
            if (turns.Count > 0 && turns[^1].FromAgent == message.FromAgent)
            {
                turns[^1] = new ModelMessage(message.FromAgent, $"{turns[^1].Text}\n\n{message.Text}") { Pictures = [.. turns[^1].Pictures, .. message.Pictures] };
            }
            else
            {
                turns.Add(message);
            }
        }

        return turns;
    }
}
