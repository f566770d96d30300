using OpenClaw.Data.Subscriptions;
using OpenClaw.Jobs.Subscriptions;
using OpenClaw.Web.Api.Subscriptions;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Makes subscriptions, changes and ends them. What goes to an address outside is a person's to decide.</summary>
internal sealed class SubscriptionChangeTools(SubscriptionService subscriptions) : IToolbox
{
    private static readonly ToolArgument Url = Text("url", "Where events are posted to: https, or http where WEBHOOK_HOSTS names the host.");

    private static readonly ToolArgument[] Filters =
    [
        Texts("events", "Types such as workflow.failed; a wrong one is told which there are. Left out, all."),
        Texts("workflows", "Of ends of runs: those of these workflows, such as pause_agent; left out, all."),
        Texts("agents", "Ids of agents; left out, all."),
        Text("description", "For people, up to 500 characters in one line."),
    ];

    public IEnumerable<Tool> Tools =>
    [
        new Tool("add_subscription", "Has events posted to an address; the secret of their signatures is told this once. A person is asked first.", KeyScopes.Admin, [Url.Needed(), .. Filters, Confirm], AddAsync) { IsDangerous = true, Rest = ["POST /subscriptions"] },
        new Tool("change_subscription", "Changes where events go and which, or switches it off and on. What is left out stays; an empty list is all. A person is asked first.", KeyScopes.Admin,
            [SubscriptionTools.SubscriptionId, Url, .. Filters, Flag("enabled", "false: nothing is sent, and what happens meanwhile is owed; true: it goes on where it stands."), Confirm], ChangeAsync) { IsDangerous = true, Rest = ["PATCH /subscriptions/{id}"] },
        new Tool("rotate_subscription", "Gives it a new secret, told this once; deliveries are signed with the one before too for 24 hours. A person is asked first.", KeyScopes.Admin,
            [SubscriptionTools.SubscriptionId, Confirm], RotateAsync) { IsDangerous = true, Rest = ["POST /subscriptions/{id}/rotate"] },
        new Tool("delete_subscription", "Ends a subscription. A person is asked first.", KeyScopes.Admin, [SubscriptionTools.SubscriptionId, Confirm], DeleteAsync) { IsDangerous = true, Rest = ["DELETE /subscriptions/{id}"] },
    ];

    private async Task<ToolAnswer> AddAsync(ToolCall call)
    {
        var draft = call.Request<CreateSubscriptionRequest>().ToDraft();
        call.Confirmation.Require(call, $"Events ({Listed(draft.Events)}) are to be posted to {draft.Url} from now on; the secret of their signatures will stand in this conversation.");
        return AnswerText.Of(call, NewSubscriptionResponse.From((await subscriptions.CreateAsync(draft, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> ChangeAsync(ToolCall call)
    {
        var draft = call.Request<UpdateSubscriptionRequest>(SubscriptionTools.SubscriptionId.Name).ToDraft();
        var now = await FindAsync(call);
        string?[] changes =
        [
            draft.Url is { } url ? $"events go to {url}" : null,
            draft.Events is { } events ? $"of the types {Listed(events)}" : null,
            draft.Workflows is { } workflows ? $"of the workflows {Listed(workflows)}" : null,
            draft.Agents is { } agents ? $"of the agents {Listed([.. agents.Select(agent => agent.ToString())])}" : null,
            draft.Description is { } description ? $"its description is \"{description}\"" : null,
            draft.Enabled switch { true => "it is switched on", false => "it is switched off", null => null },
        ];
        call.Confirmation.Require(call, $"The subscription of {now.Url} ({now.Id}) is to be changed: {string.Join(", ", changes.OfType<string>().DefaultIfEmpty("nothing of it"))}.");
        return AnswerText.Of(call, SubscriptionResponse.From((await subscriptions.UpdateAsync(now.Id, draft, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> RotateAsync(ToolCall call)
    {
        var now = await FindAsync(call);
        call.Confirmation.Require(call, $"The subscription of {now.Url} ({now.Id}) is to have a new secret, which will stand in this conversation; in 24 hours its receiver must check signatures with that.");
        return AnswerText.Of(call, NewSubscriptionResponse.From((await subscriptions.RotateAsync(now.Id, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> DeleteAsync(ToolCall call)
    {
        var now = await FindAsync(call);
        call.Confirmation.Require(call, $"The subscription of {now.Url} ({now.Id}) is to end: it is told nothing any more, what is owed is not sent, and it cannot be had back.");
        return AnswerText.Of(call, SubscriptionResponse.From((await subscriptions.DeleteAsync(now.Id, call.Caller, call.Cancelled)).OrThrow()));
    }

    private Task<Subscription> FindAsync(ToolCall call) => SubscriptionTools.FindAsync(subscriptions, call);

    private static string Listed(IReadOnlyList<string>? names) => names is { Count: > 0 } ? string.Join(", ", names) : "all";
}
