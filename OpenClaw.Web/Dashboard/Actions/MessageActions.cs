using System.Text.Json;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messaging;

namespace OpenClaw.Web.Dashboard.Actions;

/// <summary>What a person does to messages.</summary>
internal static class MessageActions
{
    public static void MapMessageActions(this IEndpointRouteBuilder actions) => actions.MapPost(Links.Messages + "/{id:guid}/again", SendAgain);

    // The one that was given up stays as it is; pressed twice, it is one new message.
    private static async Task<IResult> SendAgain(Guid id, DashboardForm form, MessageDirectory messages, AgentService agents)
    {
        if (await messages.FindAsync(id, form.Caller, form.Cancelled) is not { AgentId: { } agent } message)
            return DashboardPage.Missing("There is no such message.");

        if (message.Recipient != $"agent:{agent}")
            return form.Return(Links.Messages, "Only messages to an agent can be sent again.", failed: true);

        var again = new NewMessage($"again:{id}", message.Sender, message.Content, JsonSerializer.SerializeToElement(new { again = id }));
        return form.Return(await agents.SendMessageAsync(agent, again, form.Caller, null, form.Cancelled), Links.Messages, _ => "Sent again.");
    }
}
