using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Agents as models of an OpenAI-compatible endpoint: <c>model</c> picks the agent.</summary>
internal static class ModelEndpoints
{
    private const string Prefix = "openclaw/";
    private const string SessionHeader = "x-openclaw-session-key";

    public const string NotInTime = "The agent has not answered in time; its answer will be in the history.";

    // As long as a message may take. Whoever waits less hangs up.
    private static readonly TimeSpan Limit = RouteMessageWorkflow.WaitsInLine;

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/v1").ExcludeFromDescription();
        models.MapGet("/models", List);
        models.MapPost("/chat/completions", Complete);
    }

    private static async Task<IResult> List(ClaimsPrincipal user, AgentQueries agents, CancellationToken cancellationToken)
    {
        var (page, _) = await agents.ListAsync(AgentStatus.Running, 500, 0, user.ToCaller(), cancellationToken);
        var ids = new[] { "openclaw", $"{Prefix}default" }.Concat(page.Select(agent => Prefix + AgentNames.Of(agent)));
        return TypedResults.Json(new { @object = "list", data = ids.Select(id => new { id, @object = "model", created = 0, owned_by = "openclaw" }) });
    }

    private static async Task<IResult> Complete(
        [FromBody] JsonElement request, HttpContext context, TargetResolver targets, GatewayRuns runs, RunFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            var text = LastWords(request);
            var model = Text(request, "model") ?? "openclaw";
            var agent = model.StartsWith(Prefix, StringComparison.Ordinal) && model != $"{Prefix}default" ? model[Prefix.Length..] : AgentNames.Main;
            var caller = context.User.ToCaller();
            var session = context.Request.Headers[SessionHeader].FirstOrDefault() ?? (Text(request, "user") is { Length: > 0 } person ? $"openai:{person}" : $"openai:{Guid.NewGuid()}");
            var target = await ResolveAsync(targets, agent, session, caller, cancellationToken);
            var run = $"chatcmpl-{Guid.NewGuid():N}";
            if (request.TryGetProperty("stream", out var wanted) && wanted.ValueKind is JsonValueKind.True)
                return new CompletionStream(run, model, Limit, () => feed.BeginAsync(run, target, text, caller, cancellationToken));

            var accepted = await feed.BeginAsync(run, target, text, caller, cancellationToken);
            var outcome = await runs.WaitAsync(accepted, Limit, cancellationToken) ? await feed.EndedAsync(accepted.MessageId) : null;
            if (outcome?.Text is not { } reply)
                return Error(StatusCodes.Status503ServiceUnavailable, outcome?.Error ?? NotInTime, "api_error");

            return TypedResults.Json(Completion(run, model, reply, outcome.Usage));
        }
        catch (GatewayException refusal)
        {
            return Error(StatusCodes.Status400BadRequest, refusal.Message, "invalid_request_error");
        }
    }

    private static async Task<RunTarget> ResolveAsync(TargetResolver targets, string agent, string session, Jobs.Decisions.Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await targets.ResolveAsync(agent, session, "chat.completions", caller, cancellationToken);
        }
        catch (GatewayException)
        {
            throw GatewayException.Invalid($"Unknown agent '{agent}'.");
        }
    }

    private static string LastWords(JsonElement request)
    {
        if (request.ValueKind is not JsonValueKind.Object || !request.TryGetProperty("messages", out var messages) || messages.ValueKind is not JsonValueKind.Array)
            throw GatewayException.Invalid("messages must be an array of {role, content}.");

        var last = messages.EnumerateArray().LastOrDefault(message => Text(message, "role") == "user");
        var text = last.ValueKind is JsonValueKind.Object && last.TryGetProperty("content", out var content) ? ContentText(content) : "";
        return text.Length > 0 ? text : throw GatewayException.Invalid("messages must hold a user message with text.");
    }

    private static string ContentText(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(part => Text(part, "text") ?? "")),
        _ => "",
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static object Completion(string id, string model, string text, TurnUsage? usage) => new
    {
        id,
        @object = "chat.completion",
        created = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = usage is null ? null : new { prompt_tokens = usage.InputTokens, completion_tokens = usage.OutputTokens, total_tokens = usage.InputTokens + usage.OutputTokens },
    };

    public static JsonHttpResult<Failure> Error(int status, string message, string type) => TypedResults.Json(new Failure(new FailureDetail(message, type)), statusCode: status);

    internal sealed record Failure(FailureDetail Error);

    internal sealed record FailureDetail(string Message, string Type);
}
