using System.CommandLine;

namespace OpenClaw.Claw;

/// <summary>What owners are told, and what they say in plain words.</summary>
internal static class NoticeCommands
{
    private static readonly Argument<string[]> Words = new("text") { Description = "What to do; help tells what is understood.", Arity = ArgumentArity.OneOrMore };
    private static readonly Argument<string> Number = new("number") { Description = "Such as +491701234567." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("notices", "List what you were told, newest first.", async context =>
            context.Table(await context.Service.GetAsync("notifications", context.Cancelled), "notifications", "created_at", "event", "state", "text")) { Example = "claw notices" },
        new ServiceCommand("contacts", "List who talks to the service on WhatsApp.", async context =>
            context.Table(await context.Service.GetAsync("contacts", context.Cancelled), "contacts", "number", "name", "owner", "last_inbound_at", "opted_out_at")) { Example = "claw contacts" },
        new ServiceCommand("contact", "List what was said to and by a number on WhatsApp, newest first.", async context =>
            context.Table(await context.Service.GetAsync($"contacts/{Uri.EscapeDataString(context.Get(Number))}/messages", context.Cancelled), "messages", "created_at", "direction", "state", "body")) { Example = "claw contact +491701234567", Arguments = [Number] },
        new ServiceCommand("do", "Do what a text in plain words says, as on WhatsApp.", DoAsync) { Example = "claw do status", Arguments = [Words] },
    ];

    private static async Task<int> DoAsync(CommandContext context)
    {
        var done = await context.Service.PostAsync("commands", new { text = string.Join(' ', context.Get(Words)) }, context.Cancelled);
        return context.Say(done, done.Text("answer")!, done.Text("outcome") is "refused" or "not_understood" ? ExitCodes.Refused : ExitCodes.Done);
    }
}
