using System.Security.Claims;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Agents as models of an OpenAI-compatible endpoint: <c>model</c> picks the agent.</summary>
internal static class ModelEndpoints
{
    private const string SessionHeader = "x-openclaw-session-key";
    private const string ModelHeader = "x-openclaw-model";
    private const int MaxKey = 200;

    /// <summary>A body with pictures.</summary>
    private const int MaxBodyBytes = 12 * 1024 * 1024;

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
        var ids = new[] { AgentModel.Default, $"{AgentModel.Prefix}default" }.Concat(page.Select(agent => AgentModel.Prefix + AgentLookup.Of(agent)));
        return TypedResults.Json(new { @object = "list", data = ids.Select(id => new { id, @object = "model", created = 0, owned_by = "openclaw" }) });
    }

    private static async Task<IResult> Complete(HttpContext context, TargetResolver targets, GatewayRuns runs, RunFeed feed, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var (body, problem) = await JsonBody.ReadAsync(context, MaxBodyBytes);
            if (problem is not null)
            {
                return Error(problem.Status, problem.Message, "invalid_request_error");
            }

            var request = CompletionReader.Read(body);
            var caller = context.User.ToCaller();
            var run = RunOf(context.Request);
            var target = await ResolveAsync(targets, request, context.Request, run, caller, cancellationToken);
            var input = Led(request.Input, context.Request, target);
            if (request.Stream)
            {
                return new CompletionStream(run, request, time.GetUtcNow(), Limit, () => feed.BeginAsync(run, target, input, caller, cancellationToken));
            }

            var accepted = await feed.BeginAsync(run, target, input, caller, cancellationToken);
            var outcome = await runs.WaitAsync(accepted, Limit, cancellationToken) ? await feed.EndedAsync(accepted.MessageId) : null;
            return outcome?.Text is { } reply
                ? TypedResults.Json(Completion(run, request, time.GetUtcNow(), reply, outcome.Usage))
                : Error(StatusCodes.Status503ServiceUnavailable, outcome?.Error ?? NotInTime, "api_error");
        }
        catch (GatewayException refusal)
        {
            return Refused(refusal);
        }
    }

    // With the agents whose turns led to it: one that asks itself, or through others, would wait for its own answer.
    private static RunInput Led(RunInput input, HttpRequest http, RunTarget target)
    {
        if (AgentModel.Header(http, AskedBy.Header) is not { } header)
        {
            return input;
        }

        if (!AskedBy.TryRead(header, out var agents))
        {
            throw GatewayException.Invalid($"{AskedBy.Header} must name agents by their ids. Leave it out.");
        }

        var why = agents.Contains(target.Agent.Id)
                ? $"{target.Agent.Name} asks itself{(agents.Count == 1 ? "" : " through other agents")}: the server of its model is this service. Give it a model that is another one."
            : agents.Count >= AskedBy.Most ? $"{AskedBy.Most} agents ask one another. Give one of them a model that is no agent."
            : null;
        return why is null ? input with { Context = (input.Context ?? new TurnContext()) with { AskedBy = agents } } : throw GatewayException.Invalid(why, "AGENT_ASKS_ITSELF");
    }

    // A caller that repeats its request with its key is answered by the run that it has begun.
    private static string RunOf(HttpRequest request)
    {
        if (AgentModel.Header(request, Api.Binding.IdempotencyHeader.Name) is not { } key)
        {
            return $"chatcmpl-{Guid.NewGuid():N}";
        }

        return key.Length <= MaxKey && key.All(character => character is > ' ' and <= '~')
            ? $"chatcmpl-{key}"
            : throw GatewayException.Invalid($"{Api.Binding.IdempotencyHeader.Name} must be 1 to {MaxKey} visible ASCII characters without spaces.");
    }

    private static async Task<RunTarget> ResolveAsync(
        TargetResolver targets, CompletionRequest request, HttpRequest http, string run, Caller caller, CancellationToken cancellationToken)
    {
        var agent = AgentModel.AgentOf(request, http);
        var session = AgentModel.Header(http, SessionHeader) ?? $"openai:{request.User ?? run}";
        RunTarget target;
        try
        {
            target = await targets.ResolveAsync(agent, session, "chat.completions", caller, mayCreate: true, cancellationToken);
        }
        catch (GatewayException refusal) when (agent is not null && refusal.IsUnknownAgent && !session.StartsWith("agent:", StringComparison.Ordinal))
        {
            throw AgentModel.Unknown(request, http, agent);
        }

        return AgentModel.Header(http, ModelHeader) is { } model && model != target.Agent.Model
            ? throw GatewayException.Invalid($"{ModelHeader}: the agent runs on {target.Agent.Model}. Leave the header out, or change the agent's model.")
            : target;
    }

    private static object Completion(string id, CompletionRequest request, DateTimeOffset created, string text, TurnUsage? usage) => new
    {
        id,
        @object = "chat.completion",
        created = created.ToUnixTimeSeconds(),
        model = request.Model,
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = request.FinishOf(usage) } },
        usage = usage is null ? null : UsageOf(usage),
    };

    public static object UsageOf(TurnUsage usage) =>
        new { prompt_tokens = usage.InputTokens, completion_tokens = usage.OutputTokens, total_tokens = usage.InputTokens + usage.OutputTokens };

    /// <summary>An agent that takes nothing now may do so later; all else is the request's fault.</summary>
    public static IResult Refused(GatewayException refusal) => refusal.IsUnavailable
        ? Error(StatusCodes.Status503ServiceUnavailable, refusal.Message, "api_error")
        : Error(StatusCodes.Status400BadRequest, refusal.Message, "invalid_request_error");

    public static IResult Error(int status, string message, string type) => TypedResults.Json(new Failure(new FailureDetail(message, type)), statusCode: status);

    internal sealed record Failure(FailureDetail Error);

    internal sealed record FailureDetail(string Message, string Type);
}
