using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace OpenClaw.Tests.Mcp.Support;

/// <summary>The package's own client, which speaks the newest protocol: no sessions, and questions by asking again.</summary>
internal sealed class McpConnection(McpClient client) : IAsyncDisposable
{
    public string? Protocol => client.NegotiatedProtocolVersion;

    /// <summary>What its person was asked.</summary>
    public List<string> Questions { get; private init; } = [];

    /// <param name="address">The service's.</param>
    /// <param name="key">What it shows.</param>
    /// <param name="says">What its person says to questions; null for a client that asks nobody.</param>
    public static async Task<McpConnection> OpenAsync(Uri address, string key, Func<bool>? says = null)
    {
        var questions = new List<string>();
        var options = new McpClientOptions();
        if (says is not null)
        {
            options.Handlers.ElicitationHandler = (asked, _) =>
            {
                questions.Add(asked!.Message);
                return ValueTask.FromResult(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonSerializer.SerializeToElement(says()) } });
            };
        }

        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        });
        return new McpConnection(await McpClient.CreateAsync(transport, options)) { Questions = questions };
    }

    public async Task<IList<McpClientTool>> ToolsAsync() => await client.ListToolsAsync();

    public async Task<(bool IsError, string Text)> AskAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        return (result.IsError is true, ((TextContentBlock)result.Content.Single()).Text);
    }

    /// <summary>An answer that is no refusal.</summary>
    public async Task<JsonElement> GetAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var (isError, text) = await AskAsync(tool, arguments);
        Assert.That(isError, Is.False, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The code of a refusal, and its sentence.</summary>
    public async Task<(string Code, string Detail)> RefusedAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var (isError, text) = await AskAsync(tool, arguments);
        Assert.That(isError, Is.True, text);
        var refusal = JsonSerializer.Deserialize<JsonElement>(text);
        return (refusal.GetProperty("code").GetString()!, refusal.GetProperty("detail").GetString()!);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
