using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Notices;
using OpenClaw.Web.Api.Notices;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What owners are told on WhatsApp, and what is said there.</summary>
internal sealed class NoticeTools(NoticeService notices, IWhatsAppSender sender, ContactConversations conversations) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_notices", "Lists what the owner was told, newest first.", KeyScopes.Read, [Limit, Cursor, Full], ListAsync) { Rest = ["GET /notifications"] },
        new Tool("notice_rules", "Tells what the owner wants to be told, and when.", KeyScopes.Read, [], RulesAsync) { Rest = ["GET /notifications/rules"] },
        new Tool("set_notice_rules", "Says what the owner wants to be told, and when. What is left out is as if nobody had said: notice_rules has what is said now.", KeyScopes.Write,
            [
                Texts("events", "Kinds of events; left out, all."),
                Text("quiet_from", "HH:MM, with quiet_until: what happens between them waits for the second one."),
                Text("quiet_until", "HH:MM."),
                Text("time_zone", "Of the quiet hours, such as Europe/Berlin."),
                Number("digest_after", "After so many messages within a minute what comes is told as one."),
                Text("muted_until", "What happens until then, such as 2030-01-31T08:00:00Z, is told afterwards."),
            ],
            SetRulesAsync) { Rest = ["PUT /notifications/rules"] },
        new Tool("list_contacts", "Lists who talks to the service on WhatsApp.", KeyScopes.Read, [Full], ContactsAsync) { Rest = ["GET /contacts"] },
        new Tool("read_contact", "Lists what was said to and by a number on WhatsApp, newest first.", KeyScopes.Read,
            [Text("number", "Such as +491701234567.").Needed(), Limit, Cursor, Full], HistoryAsync) { Rest = ["GET /contacts/{number}/messages"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var limit = call.Limit();
        var page = await notices.ListAsync(standing: null, call.Id("cursor"), limit, call.Caller, call.Cancelled);
        return AnswerText.List(call, "notifications", [.. page.Select(NotificationResponse.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].Id}", ("sending", sender.Description));
    }

    private async Task<ToolAnswer> RulesAsync(ToolCall call) => AnswerText.Of(call, NotificationRulesBody.From(await notices.RulesAsync(call.Caller.Owner, call.Cancelled)));

    private async Task<ToolAnswer> SetRulesAsync(ToolCall call) =>
        AnswerText.Of(call, NotificationRulesBody.From((await notices.SetRulesAsync(call.Request<NotificationRulesBody>().ToDraft(), call.Caller, call.Cancelled)).OrThrow()));

    private async Task<ToolAnswer> ContactsAsync(ToolCall call) =>
        AnswerText.List(call, "contacts", [.. (await conversations.ContactsAsync(call.Caller, call.Cancelled)).Select(ContactResponse.From)], hasMore: false, next: null);

    private async Task<ToolAnswer> HistoryAsync(ToolCall call)
    {
        var limit = call.Limit();
        return PhoneNumbers.Parse(call.Text("number")!) is { } number && await conversations.HistoryAsync(number, call.Id("cursor"), limit, call.Caller, call.Cancelled) is { } page
            ? AnswerText.List(call, "messages", [.. page.Select(WhatsAppMessageResponse.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].Id}")
            : throw ToolRefusedException.Of(NoticeEndpoints.UnknownContact);
    }
}
