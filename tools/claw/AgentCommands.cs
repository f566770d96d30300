using System.CommandLine;
using System.Text.Json;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>Agents, their lives, and messages to them.</summary>
internal static class AgentCommands
{
    private static readonly TimeSpan AsksAgain = TimeSpan.FromMilliseconds(500);

    public static readonly Argument<string> Agent = new("agent") { Description = "Its id, or its name." };
    private static readonly Argument<string> Name = new("name") { Description = "What it is called." };
    private static readonly Argument<string[]> Words = new("text") { Description = "The message.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Status = new("--status") { Description = "provisioning, running, paused, stopped or failed." };
    private static readonly Option<string> Model = new("--model") { Description = "provider/name.", DefaultValueFactory = _ => "local/echo" };
    private static readonly Option<string> NewName = new("--name") { Description = "What it is called from now on." };
    private static readonly Option<string> NewModel = new("--model") { Description = "provider/name." };
    private static readonly Option<string> Interval = new("--interval") { Description = "Between two beats of its heart, such as 30m." };
    private static readonly Option<string> Persona = new("--persona") { Description = "Who the agent is." };
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Wait for the reply, however long it takes." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("agents", "List agents, newest first.", ListAsync) { Example = "claw agents --status running", Options = [Status] },
        new ServiceCommand("provision", "Create an agent and get it running.", ProvisionAsync) { Example = "claw provision Ada --model local/echo", Arguments = [Name], Options = [Model, Persona] },
        new ServiceCommand("send", "Send an agent a message, and say what it replies.", SendAsync) { Example = "claw send Ada -f what is new?", Arguments = [Agent, Words], Options = [Follow] },
        new ServiceCommand("pause", "Pause an agent and keep its state.", PauseAsync) { Example = "claw pause Ada", Arguments = [Agent] },
        new ServiceCommand("stop", "Stop an agent for good.", StopAsync) { Example = "claw stop Ada --yes", Arguments = [Agent], Options = [Yes] },
        new ServiceCommand("change", "Change an agent's settings; what is not named stays.", ChangeAsync) { Example = "claw change Ada --model local/echo --interval 1h", Arguments = [Agent], Options = [NewName, NewModel, Persona, Interval] },
        new ServiceCommand("beat", "Beat an agent's heart now.", BeatAsync) { Example = "claw beat Ada", Arguments = [Agent] },
    ];

    private static async Task<int> ListAsync(CommandContext context)
    {
        var status = context.Get(Status);
        var agents = await context.Service.GetAsync($"agents?limit=500{(status is null ? "" : $"&status={Uri.EscapeDataString(status)}")}", context.Cancelled);
        return context.Table(agents, "agents", "id", "name", "status", "operation", "model", "next_heartbeat_at");
    }

    private static async Task<int> ProvisionAsync(CommandContext context) =>
        SayAgent(context, await context.Service.PostAsync("agents/provision", new { name = context.Get(Name), model = context.Get(Model), persona = context.Get(Persona) }, context.Cancelled));

    private static async Task<int> PauseAsync(CommandContext context) =>
        SayAgent(context, await context.Service.PostAsync($"agents/{await context.Service.AgentAsync(context.Get(Agent), context.Cancelled)}/pause", body: null, context.Cancelled));

    private static async Task<int> StopAsync(CommandContext context)
    {
        var id = await context.Service.AgentAsync(context.Get(Agent), context.Cancelled);
        context.Confirm($"The agent {context.Get(Agent)} ({id}) is stopped for good; it cannot be started again.", Yes);
        var answer = await context.Service.DeleteAsync($"agents/{id}", context.Cancelled);
        return answer.ValueKind is JsonValueKind.Object ? SayAgent(context, answer) : SayAgent(context, await context.Service.GetAsync($"agents/{id}", context.Cancelled));
    }

    private static async Task<int> ChangeAsync(CommandContext context)
    {
        // What is null would be cleared.
        var settings = new Dictionary<string, object>();
        foreach (var (name, value) in new[] { ("name", context.Get(NewName)), ("model", context.Get(NewModel)), ("persona", context.Get(Persona)) })
        {
            if (value is not null)
            {
                settings[name] = value;
            }
        }

        if (context.Get(Interval) is { } interval)
        {
            settings["heartbeat"] = new { interval };
        }

        if (settings.Count == 0)
        {
            throw new Failure(ExitCodes.Usage, "Say what is to change: --name, --model, --persona or --interval.");
        }

        var id = await context.Service.AgentAsync(context.Get(Agent), context.Cancelled);
        return SayAgent(context, await context.Service.PatchAsync($"agents/{id}/settings", settings, context.Cancelled));
    }

    private static async Task<int> BeatAsync(CommandContext context) =>
        SayAgent(context, await context.Service.PostAsync($"agents/{await context.Service.AgentAsync(context.Get(Agent), context.Cancelled)}/heartbeat", body: null, context.Cancelled));

    private static async Task<int> SendAsync(CommandContext context)
    {
        var id = await context.Service.AgentAsync(context.Get(Agent), context.Cancelled);
        var exchange = await context.Service.PostAsync($"agents/{id}/message", new { content = string.Join(' ', context.Get(Words)) }, context.Cancelled);
        if (exchange.Text("response") is { } reply)
        {
            return context.Say(exchange, reply);
        }

        var message = exchange.Text("message_id")!;
        return context.Get(Follow)
            ? context.Say(exchange, await ReplyAsync(context, id, message))
            : context.Say(exchange, $"The message {message} is {exchange.GetProperty("message").Text("state")}; the reply is not there yet. With --follow it is waited for.", ExitCodes.UnderWay);
    }

    private static async Task<string> ReplyAsync(CommandContext context, string agent, string message)
    {
        while (true)
        {
            var messages = (await context.Service.GetAsync($"agents/{agent}/messages", context.Cancelled)).GetProperty("messages").EnumerateArray().ToList();
            if (messages.Find(one => one.Text("reply_to") == message) is { ValueKind: JsonValueKind.Object } reply)
            {
                return reply.Text("content")!;
            }

            if (messages.Find(one => one.Text("id") == message) is { ValueKind: JsonValueKind.Object } sent && sent.Text("state") == "dead")
            {
                throw new Failure(ExitCodes.Refused, $"The message was given up: {sent.Text("state_reason")}");
            }

            await Task.Delay(AsksAgain, context.Cancelled);
        }
    }

    /// <summary>How an agent is; an operation that takes long is answered with the agent and its workflow.</summary>
    public static int SayAgent(CommandContext context, JsonElement answer)
    {
        var isUnderWay = answer.TryGetProperty("agent", out var agent);
        agent = isUnderWay ? agent : answer;
        var words = $"{agent.Text("name")} {agent.Text("id")} is {agent.Text("status")}{(isUnderWay ? $"; {agent.Text("operation")} is under way: claw why {answer.Text("workflow_uuid")}" : "")}.";
        return context.Say(answer, words, isUnderWay ? ExitCodes.UnderWay : ExitCodes.Done);
    }
}
