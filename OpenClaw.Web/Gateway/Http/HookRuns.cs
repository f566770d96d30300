using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Turns a call from outside into a run: stored at once, or refused. A call that comes again with its key is the same run.</summary>
internal sealed class HookRuns(TargetResolver targets, GatewayRuns runs, RunFeed feed)
{
    private const string KeyHeader = "x-openclaw-idempotency-key";
    private const int MaxKey = 256;
    private const int MaxName = 255;

    /// <exception cref="GatewayException">It was refused.</exception>
    public async Task<IResult> RunAsync(HookCall call, HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var run = RunOf(call, request);
        var target = await targets.ResolveAsync(call.AgentId, call.SessionKey ?? (call.IsApart ? $"hook:{run}" : null), $"hooks/{call.Hook}", caller, mayCreate: true, cancellationToken);
        if (call.Model is { } model && model != target.Agent.Model)
        {
            throw GatewayException.Invalid($"invalid hooks/{call.Hook} params: at /model: the agent runs on {target.Agent.Model}; leave it out, or change the agent's model");
        }

        var accepted = await feed.BeginAsync(run, target, new RunInput(call.Text, Metadata: MetadataOf(call)), caller, cancellationToken);
        if (!call.IsApart)
        {
            return Json(new { ok = true, mode = call.Mode, eventOutcome = "queued" });
        }

        if (call.WaitsFor is not { } limit)
        {
            return Json(new { ok = true, runId = run });
        }

        var outcome = await runs.WaitAsync(accepted, limit, cancellationToken) ? await feed.EndedAsync(accepted.MessageId) : null;
        return outcome switch
        {
            null => Json(new { ok = true, runId = run, completion = new { status = "timeout" } }),
            { Text: { } text } => Json(new { ok = true, runId = run, completion = new { status = "ok", text } }),
            _ => Json(new { ok = true, runId = run, completion = new { status = "error", error = outcome.Error } }),
        };
    }

    // The names are the protocol's, whatever the rest of the API has.
    private static JsonHttpResult<object> Json(object answer) => TypedResults.Json(answer, JsonSerializerOptions.Web);

    private static JsonElement MetadataOf(HookCall call)
    {
        if (call.Name is { Length: > MaxName })
        {
            throw GatewayException.Invalid($"invalid hooks/{call.Hook} params: at /name: may have up to {MaxName} characters");
        }

        return JsonSerializer.SerializeToElement(new { hook = call.Hook, name = Jobs.ForeignInput.ForeignText.Clean(call.Name ?? call.Hook) });
    }

    // A uuid, as for a call without a key, but the same one for each repetition.
    private static string RunOf(HookCall call, HttpRequest request)
    {
        var key = AgentModel.Header(request, IdempotencyHeader.Name) ?? AgentModel.Header(request, KeyHeader) ?? call.Key;
        return key switch
        {
            null => Guid.NewGuid().ToString(),
            { Length: 0 or > MaxKey } => throw GatewayException.Invalid($"{IdempotencyHeader.Name} may have 1 to {MaxKey} characters."),
            _ => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Hook}\n{key}")).AsSpan(0, 16)).ToString(),
        };
    }
}
