using OpenClaw.Data.Subscriptions;
using OpenClaw.Jobs.Subscriptions;
using OpenClaw.Web.Api.Subscriptions;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Who is told of events: looked at, tried, and sent once more what it has missed.</summary>
internal sealed class SubscriptionTools(SubscriptionService subscriptions, SubscriptionTrial trial, RefusedEvents refused) : IToolbox
{
    private const int Page = 100;

    internal static readonly ToolArgument SubscriptionId = Id("subscription", "Its id; list_subscriptions has them.").Needed();

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_subscriptions", "Lists who is told of events by webhook or e-mail, with what is owed and what was refused.", KeyScopes.Admin, [Cursor, Full], ListAsync) { Rest = ["GET /subscriptions"] },
        new Tool("get_subscription", "Tells how a subscription stands.", KeyScopes.Admin, [SubscriptionId, Full], FindAsync) { Rest = ["GET /subscriptions/{id}"] },
        new Tool("test_subscription", "Sends a signed event subscription.test now, and tells what the target answers.", KeyScopes.Admin, [SubscriptionId], TestAsync) { Rest = ["POST /subscriptions/{id}/test"] },
        new Tool("replay_subscription", "Sends what happened since a time once more; without one goes on where it stands, also after it was disabled.", KeyScopes.Admin,
            [SubscriptionId, Text("from", "Since when, such as 2030-01-31T08:00:00Z; left out, where it stands.")], ReplayAsync) { Rest = ["POST /subscriptions/{id}/replay"] },
        new Tool("send_refused_event", "Sends an event that the target would not have once more, now.", KeyScopes.Admin,
            [SubscriptionId, Number("sequence", "One of its refused; get_subscription has them.").Needed()], SendRefusedAsync) { Rest = ["POST /subscriptions/{id}/refused/{sequence}"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rows = await subscriptions.ListAsync(call.Id("cursor"), Page + 1, call.Caller, call.Cancelled);
        return AnswerText.List(call, "subscriptions", [.. rows.Take(Page).Select(SubscriptionResponse.From)], rows.Count > Page, shown => $"cursor: {rows[shown - 1].Id}");
    }

    private async Task<ToolAnswer> FindAsync(ToolCall call) => AnswerText.Of(call, SubscriptionResponse.From(await FindAsync(subscriptions, call)));

    private async Task<ToolAnswer> TestAsync(ToolCall call) =>
        AnswerText.Of(call, SubscriptionTestResponse.From((await trial.SendAsync(IdOf(call), call.Caller, call.Cancelled)).OrThrow()));

    private async Task<ToolAnswer> ReplayAsync(ToolCall call) =>
        AnswerText.Of(call, SubscriptionResponse.From((await subscriptions.ReplayAsync(IdOf(call), call.Instant("from"), call.Caller, call.Cancelled)).OrThrow()));

    private async Task<ToolAnswer> SendRefusedAsync(ToolCall call)
    {
        ToolCall.Require(await refused.SendAsync(IdOf(call), call.Position("sequence")!.Value, call.Caller, call.Cancelled));
        return await FindAsync(call);
    }

    /// <exception cref="ToolRefusedException">It is not there.</exception>
    internal static async Task<Subscription> FindAsync(SubscriptionService subscriptions, ToolCall call) => (await subscriptions.FindAsync(IdOf(call), call.Caller, call.Cancelled)).OrThrow();

    private static Guid IdOf(ToolCall call) => call.Id(SubscriptionId.Name)!.Value;
}
