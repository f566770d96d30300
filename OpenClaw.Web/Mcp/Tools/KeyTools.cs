using OpenClaw.Data.Security;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Keys;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What programs sign in with. Who is let in is a person's to decide.</summary>
internal sealed class KeyTools(ApiKeys keys, TimeProvider time) : IToolbox
{
    private static readonly ToolArgument KeyId = Text("key", "Its id; list_keys has them.").Needed();

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_keys", "Lists keys of programs, the newest first, without their secrets.", KeyScopes.Admin, [Full], ListAsync) { Rest = ["GET /keys"] },
        new Tool("create_key", "Makes a key; its secret is told this once. A person is asked first.", KeyScopes.Admin,
            [
                Text("name", "1 to 64 characters; no two keys that are good have the same.").Needed(),
                Texts("scopes", "Some of read, write, admin, hooks, runtime, metrics.").Needed(),
                Texts("agents", "Ids of the agents that it is for; left out, all."),
                Texts("addresses", "Addresses and networks such as 10.0.0.0/8 that it may come from; left out, anywhere."),
                Number("requests_per_minute", "To each node; left out, as many as it likes."),
                Text("expires_at", "When it is over, such as 2030-01-31T08:00:00Z; left out, never."),
                Text("expires_in", "The same from now on, such as 30d, instead."),
                Text("owner", "Whose it is; left out, the caller's."),
                Confirm,
            ],
            CreateAsync) { IsDangerous = true, Rest = ["POST /keys"] },
        new Tool("rotate_key", "Gives a key another secret, told this once; the one so far stays good for a while. A person is asked first.", KeyScopes.Admin,
            [KeyId, Text("overlap", "How long that is, such as 1h, from 0s to 30d; left out, 24h."), Confirm], RotateAsync) { IsDangerous = true, Rest = ["POST /keys/{id}/rotate"] },
        new Tool("revoke_key", "Ends a key everywhere, and the connections of who came with it. A person is asked first.", KeyScopes.Admin, [KeyId, Confirm], RevokeAsync) { IsDangerous = true, Rest = ["DELETE /keys/{id}"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call) =>
        AnswerText.List(call, "keys", [.. (await keys.ListAsync(call.Caller, call.Cancelled)).Select(KeyResponse.From)], hasMore: false, next: null);

    private async Task<ToolAnswer> CreateAsync(ToolCall call)
    {
        var request = call.Request<CreateKeyRequest>();
        ToolCall.Require(request.Problem);
        var draft = request.ToDraft(time.GetUtcNow());
        ToolCall.Require(draft.Check(time.GetUtcNow()));
        var agents = draft.Agents.Count == 0 ? "all agents" : string.Join(", ", draft.Agents);
        call.Confirmation.Require(call, $"A key \"{draft.Name}\" is to be made that allows {string.Join(", ", draft.Scopes)} for {agents}, {(draft.ExpiresAt is { } until ? $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "until it is revoked")}. Its secret will stand in this conversation.");
        return AnswerText.Of(call, NewKeyResponse.From((await keys.CreateAsync(draft, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> RotateAsync(ToolCall call)
    {
        var overlap = new RotateKeyRequest(call.Text("overlap")).Span ?? throw ToolRefusedException.Of(RotateKeyRequest.Rule);
        var key = await FindAsync(call);
        call.Confirmation.Require(call, $"The key \"{key.Name}\" ({key.Id}) is to have another secret, which will stand in this conversation; the one so far is good for {(overlap == TimeSpan.Zero ? "no longer" : $"another {IntervalText.Write(overlap)}")}.");
        return AnswerText.Of(call, NewKeyResponse.From((await keys.RotateAsync(key.Id, overlap, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> RevokeAsync(ToolCall call)
    {
        var key = await FindAsync(call);
        call.Confirmation.Require(call, $"The key \"{key.Name}\" ({key.Id}) of {key.Owner} is to be revoked: nobody comes in with it any more, connections that it has end, and it cannot be had back.");
        return AnswerText.Of(call, KeyResponse.From((await keys.RevokeAsync(key.Id, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ApiKey> FindAsync(ToolCall call) => (await keys.FindAsync(call.Text(KeyId.Name)!, call.Caller, call.Cancelled)).OrThrow();
}
