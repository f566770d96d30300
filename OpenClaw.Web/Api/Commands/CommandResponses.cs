using System.Text.Json.Serialization;
using OpenClaw.Data.Commands;

namespace OpenClaw.Web.Api.Commands;

/// <param name="Text">What to do, in plain words, up to 4,096 characters; "help" tells what is understood.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CommandRequest(string? Text);

/// <param name="Id">Our id of the command.</param>
/// <param name="Source">The channel that it came through: api, gateway, dashboard or whatsapp.</param>
/// <param name="Contact">The person's address within the channel; null where there is one person alone.</param>
/// <param name="Text">As it was typed.</param>
/// <param name="Meaning">The command as it is written plainly; null when the text was none.</param>
/// <param name="Outcome">done, answered, asked (it waits for its code), refused or not_understood.</param>
/// <param name="Answer">For the person to read.</param>
/// <param name="AgentId">The agent that it was about.</param>
/// <param name="WorkflowUuid">The workflow that carries it out.</param>
/// <param name="ConfirmBefore">Of a command that waits for its code: until when the code is taken.</param>
/// <param name="CreatedAt">When it was answered.</param>
public sealed record CommandResponse(
    Guid Id, string Source, string? Contact, string Text, string? Meaning, CommandOutcome Outcome, string Answer, Guid? AgentId, Guid? WorkflowUuid,
    DateTimeOffset? ConfirmBefore, DateTimeOffset CreatedAt)
{
    internal static CommandResponse From(CommandRecord command) => new(
        command.Id, command.Source, command.Contact.Length == 0 ? null : command.Contact, command.Text, command.Meaning, command.Outcome, command.Answer,
        command.AgentId, command.WorkflowUuid, command.CodeUsedBy is null ? command.CodeExpiresAt : null, command.CreatedAt);
}

/// <param name="Commands">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
public sealed record CommandListResponse(IReadOnlyList<CommandResponse> Commands, Guid? NextCursor)
{
    internal static CommandListResponse From(IReadOnlyList<CommandRecord> page, int limit) =>
        new([.. page.Select(CommandResponse.From)], page.Count < limit ? null : page[^1].Id);
}
