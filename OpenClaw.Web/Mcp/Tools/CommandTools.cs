using OpenClaw.Jobs.Commands;
using OpenClaw.Web.Api.Commands;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Commands in plain words, the same as on WhatsApp. What one does is known only when it is read, and codes that it asks for are a person's to give: a person is asked before each.</summary>
internal sealed class CommandTools(CommandHandler handler, CommandLog log) : IToolbox
{
    private const string Door = "mcp";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("run_command", "Does what a text in plain words says, as if the owner had written it on WhatsApp; \"help\" tells what is understood. Where another tool does it, take that. A person is asked first.", KeyScopes.Write,
            [Text("text", "What to do.").Needed(), Confirm, IdempotencyKey, Full], RunAsync) { IsDangerous = true, Rest = ["POST /commands"] },
        new Tool("list_commands", "Lists commands in words and their answers, newest first.", KeyScopes.Read, [Limit, Cursor, Full], ListAsync) { Rest = ["GET /commands"] },
    ];

    private async Task<ToolAnswer> RunAsync(ToolCall call)
    {
        var text = call.Text("text")!;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw ToolRefusedException.Wrong("text", "text must say what to do, for example: help");
        }

        call.Confirmation.Require(call, $"This is to be done as if you had written it: {text}");
        var message = new CommandMessage(call.Key?.Key ?? Guid.CreateVersion7().ToString(), text, call.Caller, Door, Contact: null);
        return AnswerText.Of(call, CommandResponse.From((await handler.RunOnceAsync(message, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var limit = call.Limit();
        var page = await log.ListAsync(call.Id("cursor"), limit, call.Caller, call.Cancelled);
        return AnswerText.List(call, "commands", [.. page.Select(CommandResponse.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].Id}");
    }
}
