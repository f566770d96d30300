using System.Text.Json;
using OpenClaw.Tests.Mcp.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Mcp;

/// <summary>The official client from npm, which speaks the protocol with sessions. Where node or its package cannot be had, the test says so and is ignored.</summary>
public sealed class McpSdkTests : McpFixture
{
    [Test]
    [CancelAfter(240_000)]
    public async Task It_uses_the_tools_and_is_held_to_its_keys(CancellationToken cancellationToken)
    {
        var program = await NodeProgram.BringAsync("OpenClaw.Tests/Mcp/McpSdk", "@modelcontextprotocol/sdk", cancellationToken);

        var (failed, key) = (await FailedWorkflowAsync("unlucky"), await KeyAsync("reader", "read"));
        var seen = await program.RunAsync("converse.mjs", [new Uri(Service.Address, "/mcp").ToString(), RunningService.Token, key, failed.ToString()], cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That((seen.GetProperty("server").GetString(), seen.GetProperty("protocol").GetString()), Is.EqualTo(("openclaw-backend", "2025-11-25")));
            Assert.That(Texts(seen, "tools"), Is.SupersetOf(new[] { "list_agents", "provision_agent", "stop_agent", "why" }));
            Assert.That(seen.GetProperty("status").GetString(), Is.EqualTo("running"));
            Assert.That((seen.GetProperty("reply").GetString(), seen.GetProperty("read").GetString()), Is.EqualTo(("echo (no model behind this): say this", "echo (no model behind this): say this")));
            Assert.That(seen.GetProperty("why").GetString(), Does.Contain("It has failed at step deliver").And.Contain("no luck today").And.Contain("What to do: "));
            Assert.That(Texts(seen, "questions"), Has.Length.EqualTo(2).And.All.Contains("\"Ada\""));
            Assert.That(Texts(seen, "declined"), Is.EqualTo(new[] { "True", "not_confirmed" }));
            Assert.That((seen.GetProperty("stopped").GetString(), seen.GetProperty("confirmed").GetString()), Is.EqualTo(("stopped", "stopped")));
            Assert.That(Texts(seen, "unconfirmed")[..2], Is.EqualTo(new[] { "True", "confirmation_needed" }));
            Assert.That(Texts(seen, "unconfirmed")[2], Does.Contain("\"Bo\"").And.Contain("Nothing was done yet.").And.Contain("confirm: true"));
            Assert.That(Texts(seen, "readerTools"), Does.Contain("list_agents").And.Not.Contain("pause_agent").And.Not.Contain("send_message"));
            Assert.That(Texts(seen, "refused"), Is.EqualTo(new[] { "True", "missing_scope" }));
            Assert.That(seen.GetProperty("readerLists").GetInt32(), Is.GreaterThanOrEqualTo(3));
            Assert.That(seen.GetProperty("stranger").GetInt32(), Is.EqualTo(401));
        });
    }

    private static string[] Texts(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(item => item.ToString())];
}
