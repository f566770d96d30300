using OpenClaw.Jobs.Brakes;
using OpenClaw.Web.Api.Brakes;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>The switch that keeps turns from beginning.</summary>
internal sealed class BrakeTools(BrakeService brakes, AgentNames names) : IToolbox
{
    private const string Id = "brake";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_brakes", "Lists the brakes that keep turns from beginning, and those that are being released.", KeyScopes.Read, [Full], ListAsync) { Rest = ["GET /brakes"] },
        new Tool("set_brake", "Keeps turns from beginning: an agent's, or those of all agents. Messages are kept until the brake is released.", KeyScopes.Write,
            [AgentName with { IsRequired = false }, Flag("everything", "true for all agents there are, whosever they are; it needs the scope admin."), Text("mode", "no_new_turns: what is under way goes on to its end; abort: it is ended.").Needed(), Text("reason", "Why, in one line of up to 200 characters.")], SetAsync) { Rest = ["POST /brakes"] },
        new Tool("release_brake", "Releases a brake: what waited begins, a few agents a second. A person is asked first.", KeyScopes.Write,
            [ToolArgument.Id(Id, "The brake's id; list_brakes has them.").Needed(), Confirm], ReleaseAsync) { IsDangerous = true, Rest = ["DELETE /brakes/{id}"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call) =>
        AnswerText.Of(call, new BrakeListResponse([.. (await brakes.ListAsync(call.Caller, call.Cancelled)).Select(BrakeResponse.From)]));

    private async Task<ToolAnswer> SetAsync(ToolCall call)
    {
        var request = new SetBrakeRequest((await names.FindIfNamedAsync(call))?.Id, call.Flag("everything"), call.Text("mode"), call.Text("reason"));
        return AnswerText.Of(call, BrakeResponse.From((await brakes.SetAsync(request.ToDraft(), call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> ReleaseAsync(ToolCall call)
    {
        var id = call.Id(Id)!.Value;
        if ((await brakes.ListAsync(call.Caller, call.Cancelled)).FirstOrDefault(brake => brake.Id == id) is { } brake)
        {
            call.Confirmation.Require(call, $"The brake of {brake.Whose}, set by {brake.SetBy}, is to be released: what waited begins, a few agents a second.");
        }

        return AnswerText.Of(call, BrakeResponse.From((await brakes.ReleaseAsync(id, call.Caller, call.Cancelled)).OrThrow()));
    }
}
