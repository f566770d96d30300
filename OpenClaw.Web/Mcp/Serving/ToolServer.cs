using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Outages;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>Offers the tools that the caller may use, and has them run; what goes wrong is told in the words of the REST API.</summary>
internal sealed partial class ToolServer(IEnumerable<IToolbox> boxes, IOptions<JsonOptions> json, OutageLog outages, ILogger<ToolServer> logger)
{
    private const string Instructions =
        "This service keeps AI agents alive: it provisions them, beats their heart, pauses and resumes them and routes messages to them, each as a durable workflow. "
        + "What is accepted is carried out, also when nobody waits for it: an answer that comes before the end names a workflow or a message to ask for later. "
        + "When something has failed, ask why.";

    private readonly FrozenDictionary<string, Tool> _tools = boxes.SelectMany(box => box.Tools).ToFrozenDictionary(tool => tool.Name);

    /// <summary>In the order in which they are offered.</summary>
    public IEnumerable<Tool> Tools => _tools.Values.OrderBy(tool => tool.Name, StringComparer.Ordinal);

    public void Serve(McpServerOptions options)
    {
        options.ServerInfo = new Implementation { Name = "openclaw-backend", Title = "OpenClaw Backend", Version = typeof(ToolServer).Assembly.GetName().Version!.ToString(3) };
        options.ServerInstructions = Instructions;
        options.Capabilities = new ServerCapabilities { Tools = new ToolsCapability() };
        options.Handlers.ListToolsHandler = ListAsync;
        options.Handlers.CallToolHandler = CallAsync;
    }

    private ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken)
    {
        var user = UserOf(request);
        return ValueTask.FromResult(new ListToolsResult { Tools = [.. Tools.Where(tool => WhyNot(user, tool) is null).Select(Describe)] });
    }

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        // An error of the protocol is for the package one of the service, and stands in the log.
        var given = request.Params ?? throw new InvalidOperationException("A call comes with its tool's name.");
        var answer = _tools.TryGetValue(given.Name, out var tool)
            ? await RunAsync(tool, given, request, cancellationToken)
            : AnswerText.Refused(new ToolRefusedException("tool_not_found", $"There is no tool \"{ForeignText.Quote(given.Name)}\"; tools/list has them."));
        return new CallToolResult { Content = [new TextContentBlock { Text = answer.Text }], IsError = answer.IsError };
    }

    private async Task<ToolAnswer> RunAsync(Tool tool, CallToolRequestParams given, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        try
        {
            var user = UserOf(request);
            return WhyNot(user, tool) is { } refusal
                ? AnswerText.Refused(refusal)
                : await tool.Run(new ToolCall(tool, given.Arguments, user, new Confirmation(request), json.Value.SerializerOptions, cancellationToken));
        }
        catch (ToolRefusedException refused)
        {
            return AnswerText.Refused(refused);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InputRequiredException))
        {
            return Failed(tool, exception);
        }
    }

    private ToolAnswer Failed(Tool tool, Exception exception)
    {
        if (DatabaseOutage.Of(exception) is { } trouble)
        {
            outages.Report(trouble, exception);
            return AnswerText.Refused(new ToolRefusedException("database_unavailable", $"{trouble.Name()} at the moment. Call again; with the same idempotency_key it is carried out once."), isRetryable: true);
        }

        LogFailed(logger, tool.Name, exception);
        return AnswerText.Refused(new ToolRefusedException("internal_error", "Something went wrong here. The service's log says what."));
    }

    /// <summary>Null when the caller may use it.</summary>
    private static ToolRefusedException? WhyNot(ClaimsPrincipal user, Tool tool) => KeyGrant.Of(user) switch
    {
        _ when tool.IsOfHouse && !user.IsOfHouse() => new ToolRefusedException(HouseGuard.OfHouse, HouseGuard.Says(user.Identity!.Name!)),
        null when Person.RoleOf(user) is { } role && !role.Allows(tool.Scope) => new ToolRefusedException(RoleGuard.MissingRole, role.SaysMissing(tool.Scope)),
        null => null,
        var key when !key.Allows(tool.Scope) => new ToolRefusedException(KeyGuard.MissingScope, KeyGuard.SaysMissing(key, tool.Scope)),
        { Agents.Count: > 0 } key when !tool.IsOfAgents => new ToolRefusedException(KeyGuard.KeyForAgents, $"The key \"{key.Name}\" is for some agents alone, and {tool.Name} is not."),
        _ => null,
    };

    // The policy of all endpoints lets nobody in who is not signed in.
    private static ClaimsPrincipal UserOf(MessageContext request) => request.User ?? throw new InvalidOperationException("Nobody is signed in.");

    private static ModelContextProtocol.Protocol.Tool Describe(Tool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = tool.Schema,
        Annotations = new ToolAnnotations { ReadOnlyHint = tool.IsReading, DestructiveHint = tool.IsDangerous, OpenWorldHint = false },
    };

    [LoggerMessage(EventId = 2111, Level = LogLevel.Error, Message = "The tool {Tool} failed.")]
    private static partial void LogFailed(ILogger logger, string tool, Exception exception);
}
