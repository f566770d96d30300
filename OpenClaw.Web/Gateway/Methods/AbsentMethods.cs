using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>
/// Methods of the protocol about what this service has none of. Where the truth is an empty list, that is the answer, in the
/// real gateway's shape; what cannot be done is refused with what to do instead.
/// </summary>
internal sealed class AbsentMethods(TargetResolver targets, TimeProvider time) : IGatewayMethods
{
    private const string Approvals = "operator.approvals";
    private const int MaxPath = 4_096;
    private const string Ready = """{"status":"ready","activeCount":0,"blockers":[]}""";

    // What holds nothing back need not end soon; a caller that prepares a machine's stop asks again before it.
    private static readonly TimeSpan SuspensionLasts = TimeSpan.FromHours(1);

    private static readonly Absence[] Table =
    [
        // Nobody is asked for a permission.
        new("plugin.approval.list", Approvals, Payload: "[]"),
        new("openclaw.approval.list", Approvals, Payload: "[]"),
        new("exec.approval.list", Approvals, Payload: "[]"),
        new("exec.approval.grants.list", Approvals, Payload: """{"grants":[]}"""),
        new("exec.approvals.get", Scopes.Admin, Payload: """
            {"path":"","exists":false,"hash":"","file":{"version":1,"agents":{}},"resolvedDefaults":{"security":"deny","ask":"off","askFallback":"deny","autoAllowSkills":false}}
            """),
        new("approval.get", Approvals, Refusal: "approval not found", Code: ErrorCodes.InvalidRequest),
        new("exec.approval.resolve", Approvals, Refusal: "unknown or expired approval id", Code: ErrorCodes.InvalidRequest),
        new("plugin.approval.resolve", Approvals, Refusal: "unknown or expired approval id", Code: ErrorCodes.InvalidRequest),

        // Agents have no tools, skills, hooks, files or browser of this service's.
        new("tools.catalog", Scopes.Read, NamesAgent: true, Payload: """
            {"profiles":[{"id":"minimal","label":"Minimal"},{"id":"coding","label":"Coding"},{"id":"messaging","label":"Messaging"},{"id":"full","label":"Full"}],"groups":[]}
            """),
        new("skills.status", Scopes.Read, Payload: """{"workspaceDir":"","managedSkillsDir":"","skills":[]}""", NamesAgent: true),
        new("skills.library.list", Scopes.Read, Payload: """{"entries":[],"profileId":null,"multipleProfiles":false,"defaultTarget":"workspace","canManageWorkspace":false,"defaultSelectionLimit":0}"""),
        new("hooks.status", Scopes.Read, Payload: """{"workspaceDir":"","managedHooksDir":"","hooks":[]}"""),
        new("agents.files.list", Scopes.Read, Payload: """{"workspace":"","files":[]}""", NamesAgent: true),
        new("browser.request", Scopes.Write, Only: IsStatus, Refusal: "This service drives no browser, and its agents have none.", Payload: """
            {"enabled":false,"profile":"openclaw","driver":"openclaw","transport":"cdp","running":false,"cdpReady":false,"cdpHttp":false,"pageReady":false,"pid":null,"cdpPort":0,"cdpUrl":"",
             "chosenBrowser":null,"detectedBrowser":null,"detectedExecutablePath":null,"detectError":null,"userDataDir":null,"color":"","headless":false,"noSandbox":false,"executablePath":null,
             "attachOnly":false,"graphics":null}
            """),

        // One person has the token, and no profile.
        new("users.list", Scopes.Read, Payload: """{"profiles":[]}"""),
        new("users.self", Scopes.Write, Refusal: "users.self requires an authenticated user: who has the token is known by it alone.", Code: ErrorCodes.Forbidden),

        // What happens inside is in the log and in the metrics.
        new("diagnostics.stability", Scopes.Read, Payload: """{"capacity":0,"count":0,"dropped":0,"events":[],"summary":{"byType":{}}}""")
        {
            Complete = (payload, _, now) => payload["generatedAt"] = now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        },

        // The service may be stopped at any moment and goes on where it was, so it is always ready for that, and holds nothing back meanwhile.
        new("gateway.suspend.prepare", Scopes.Admin, Payload: Ready) { Complete = (payload, given, now) => Suspend(payload, given.Filled("requestId"), now) },
        new("gateway.suspend.status", Scopes.Read, Payload: Ready) { Complete = (payload, given, now) => Suspend(payload, given.Filled("suspensionId"), now) },
        new("gateway.suspend.resume", Scopes.Admin, Payload: """{"ok":true,"status":"running","resumed":true}""") { Complete = (_, given, _) => given.Filled("suspensionId") },
        new("secrets.reload", Scopes.Admin, Refusal: "Secrets are settings of the service here (.env): restart it to have them read anew."),
        new("attach.grant", Scopes.Admin, Refusal: "mcp loopback server unavailable: this service gives no grants to harnesses; connect one as a process that serves an agent."),
    ];

    public IEnumerable<GatewayMethod> All => Table.Select(absence => new GatewayMethod(absence.Method, absence.Scope, call => AnswerAsync(absence, call)));

    private async Task<JsonElement> AnswerAsync(Absence absence, GatewayCall call)
    {
        // Whatever is asked for, there is none of it.
        var given = call.Params();
        if (absence.Refusal is { } refusal && absence.Only?.Invoke(given) is not true)
        {
            throw new GatewayException(new GatewayError(absence.Code, refusal));
        }

        var payload = JsonNode.Parse(absence.Payload!)!;
        if (absence.NamesAgent)
        {
            payload["agentId"] = AgentLookup.Of((await targets.ResolveAsync(given.OptionalText("agentId"), null, call)).Agent);
        }

        absence.Complete?.Invoke(payload, given, time.GetUtcNow());
        return JsonSerializer.SerializeToElement(payload);
    }

    private static void Suspend(JsonNode payload, string id, DateTimeOffset now) =>
        (payload["suspensionId"], payload["expiresAtMs"]) = (id, (now + SuspensionLasts).ToUnixTimeMilliseconds());

    private static bool IsStatus(GatewayParams given) => given.OptionalText("method") is null or "GET" && given.OptionalText("path", MaxPath) is "/" or "";

    /// <param name="Method">As clients call it.</param>
    /// <param name="Scope">As in the protocol.</param>
    /// <param name="Payload">The answer, as JSON; null for a refusal.</param>
    /// <param name="Refusal">What to do instead; null for an answer.</param>
    /// <param name="Only">Which requests are answered, where others are refused.</param>
    /// <param name="NamesAgent">The answer names the agent that it is about.</param>
    /// <param name="Code">Of the refusal.</param>
    private sealed record Absence(string Method, string Scope, string? Payload = null, string? Refusal = null, Func<GatewayParams, bool>? Only = null, bool NamesAgent = false, string Code = ErrorCodes.Unavailable)
    {
        /// <summary>What of the answer depends on the request and the time.</summary>
        public Action<JsonNode, GatewayParams, DateTimeOffset>? Complete { get; init; }
    }
}
