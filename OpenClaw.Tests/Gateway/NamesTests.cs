using System.Net;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Agents;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Agents are found by every name that clients have for them, and nobody else answers.</summary>
public sealed class NamesTests : GatewayFixture
{
    private static readonly Guid Id = Guid.Parse("0190d1c6-7a5b-7c3d-8e4f-7dda56ef9764");

    [TestCase("Research Assistant", "research-assistant")]
    [TestCase("Émile Zola", "emile-zola")]
    [TestCase("Straße Łódź Ærø", "strasse-lodz-aero")]
    [TestCase("Ｆｕｌｌ ｗｉｄｔｈ", "full-width")]
    [TestCase("E\u0301mile n\u0303", "emile-n")]
    [TestCase("Đặng Nguyễn", "dang-nguyen")]
    [TestCase("小助手", "小助手")]
    [TestCase("Помощник Йод", "помощник-йод")]
    [TestCase("हिन्दी", "हिन्दी")]
    [TestCase("🤖 helper 🤖", "helper")]
    [TestCase("🤖", "agent")]
    public void A_slug_keeps_the_letters_of_any_script(string name, string slug) =>
        Assert.That(AgentSlug.SessionKey(name, Id), Is.EqualTo($"agent:web:{slug}-7dda56ef9764"));

    [Test]
    public void A_slug_is_short_and_cuts_no_character()
    {
        var slug = AgentSlug.Of(string.Concat(Enumerable.Repeat("𠀀𠀁", 100)));

        Assert.That(slug.Length, Is.InRange(30, 40));
        Assert.That(() => new System.Text.UTF8Encoding(false, true).GetBytes(slug), Throws.Nothing);
        Assert.That(AgentSlug.Ascii("小助手-7dda56ef9764"), Is.EqualTo("agent-7dda56ef9764"));
        Assert.That(AgentSlug.Ascii("ada-7dda56ef9764"), Is.EqualTo("ada-7dda56ef9764"));
    }

    [TestCase("小助手", "小助手")]
    [TestCase("Помощник", "помощник")]
    [TestCase("Émile Zola", "emile-zola")]
    [TestCase("émile-zola", "Émile Zola")]
    public async Task An_agent_is_found_by_its_name_in_any_script(string name, string alsoFor)
    {
        var id = await NamedAsync(name is "émile-zola" ? alsoFor : name);
        await using var client = await ConnectAsync();

        foreach (var asked in new[] { name, alsoFor, id })
        {
            var answer = await client.RequestAsync("agent", new JsonObject { ["agentId"] = asked, ["message"] = "hi", ["idempotencyKey"] = $"{asked} {Guid.NewGuid()}" });
            Assert.That((bool)answer["ok"]!, Is.True, answer.ToJsonString());
            Assert.That((await Service.Api.PostAsync("/v1/chat/completions", Hello($"openclaw/{asked}"))).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task An_agent_of_an_older_build_is_found_by_its_name_too()
    {
        var id = await AgentAsync("تجربة");
        var old = $"agent:web:agent-{id[^12..]}";
        await Service.Database.TextAsync($"UPDATE openclaw.agents SET openclaw_session_key = '{old}' WHERE name = 'تجربة' RETURNING 1");
        await using var client = await ConnectAsync();

        var answer = await client.CallAsync("agent.identity.get", new JsonObject { ["agentId"] = "تجربة" });

        Assert.That((string?)answer["agentId"], Is.EqualTo(old["agent:web:".Length..]));
    }

    [TestCase("openclaw/{0}", null, null)]
    [TestCase("openclaw:{0}", null, null)]
    [TestCase("agent:{0}", null, null)]
    [TestCase("{0}", null, null)]
    [TestCase("openclaw", "{0}", null)]
    [TestCase("openclaw", null, "agent:{0}:main")]
    [TestCase("openclaw/{0}", null, "agent:{0}:other")]
    public async Task The_agent_that_is_named_answers(string model, string? agentHeader, string? sessionHeader)
    {
        await NamedAsync("the oldest");
        var asked = await NamedAsync("asked for");
        var text = Guid.NewGuid().ToString();
        var headers = new[] { ("x-openclaw-agent-id", agentHeader), ("x-openclaw-session-key", sessionHeader) }
            .Where(header => header.Item2 is not null).Select(header => (header.Item1, string.Format(header.Item2!, asked))).ToArray();

        var answer = await Service.Api.PostAsync("/v1/chat/completions", Hello(string.Format(model, asked), text), headers);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
        Assert.That(
            await Service.Database.TextAsync($"SELECT a.name FROM openclaw_system.notifications n JOIN openclaw.agents a ON n.recipient = 'agent:' || a.id WHERE n.content = '{text}'"),
            Is.EqualTo("asked for"));
    }

    [TestCase("openclaw/nobody", null, null, "Unknown agent 'nobody'.")]
    [TestCase("gpt-4o", null, null, "Unknown model 'gpt-4o'. Here a model is an agent: openclaw for the default one")]
    [TestCase("openclaw", "nobody", null, "Unknown agent 'nobody'.")]
    [TestCase("openclaw", null, "agent:nobody:main", "Agent \"nobody\" no longer exists")]
    [TestCase("openclaw/{0}", null, "agent:the-oldest:main", "does not match session key agent")]
    public async Task Nobody_else_answers_for_an_agent_that_is_not_there(string model, string? agentHeader, string? sessionHeader, string error)
    {
        await NamedAsync("the oldest");
        var asked = await NamedAsync("asked for");
        var headers = new[] { ("x-openclaw-agent-id", agentHeader), ("x-openclaw-session-key", sessionHeader) }
            .Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!)).ToArray();

        var answer = await Service.Api.PostAsync("/v1/chat/completions", Hello(string.Format(model, asked)), headers);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body.GetProperty("error").GetProperty("message").GetString(), Does.Contain(error));
    }

    [Test]
    public async Task A_model_of_the_callers_is_the_agents_own_or_refused()
    {
        var asked = await NamedAsync("asked for");

        var own = await Service.Api.PostAsync("/v1/chat/completions", Hello($"openclaw/{asked}"), ("x-openclaw-model", "local/echo"));
        var other = await Service.Api.PostAsync("/v1/chat/completions", Hello($"openclaw/{asked}"), ("x-openclaw-model", "openai/gpt-5"));

        Assert.That((own.Status, other.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.BadRequest)));
    }

    private static object Hello(string model, string text = "hello") => new { model, messages = new[] { new { role = "user", content = text } } };

    // One of each name for all tests; returns its id in the protocol.
    private async Task<string> NamedAsync(string name)
    {
        await using var client = await ConnectAsync();
        var known = (await client.CallAsync("agents.list"))["agents"]!.AsArray().FirstOrDefault(agent => (string?)agent!["name"] == name);
        return known is null ? await AgentAsync(name) : (string)known["id"]!;
    }
}
