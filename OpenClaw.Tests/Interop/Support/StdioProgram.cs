using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>A program of OpenClaw's that speaks JSON-RPC over its standard streams, a message a line: its bridges for editors and for assistants.</summary>
internal sealed class StdioProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _answers = new();
    private readonly ConcurrentQueue<JsonNode> _told = new();
    private readonly Task _reading;
    private int _ids;

    private StdioProgram(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>What it has said without being asked.</summary>
    public IEnumerable<JsonNode> Told => _told;

    public static StdioProgram Start(ClientHome home, params IReadOnlyList<string> words) => new(Process.Start(home.Start(words))!);

    /// <summary>The result of a request that must succeed.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonNode parameters)
    {
        var answer = await RequestAsync(method, parameters);
        Assert.That(answer["error"], Is.Null, $"{method}: {answer.ToJsonString()}");
        return answer["result"]!;
    }

    /// <summary>The whole answer to a request.</summary>
    public async Task<JsonNode> RequestAsync(string method, JsonNode parameters)
    {
        var id = Interlocked.Increment(ref _ids);
        var answer = _answers.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        await WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.WaitAsync(Patience);
    }

    /// <summary>Tells it something that it does not answer.</summary>
    public Task NotifyAsync(string method, JsonNode parameters) => WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task WriteAsync(JsonObject message)
    {
        await _process.StandardInput.WriteLineAsync(message.ToJsonString());
        await _process.StandardInput.FlushAsync();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var message = JsonSerializer.Deserialize<JsonNode>(line)!;
            if (message["method"] is null && _answers.TryGetValue((int)message["id"]!, out var waiting))
            {
                waiting.TrySetResult(message);
            }
            else
            {
                _told.Enqueue(message);
            }
        }
    }
}
