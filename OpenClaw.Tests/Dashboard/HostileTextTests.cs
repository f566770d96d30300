using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Names, personas, messages and errors are shown as text, whatever they hold, and break no layout.</summary>
public sealed class HostileTextTests
{
    private const string Script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
    private const string RightToLeft = "\u202eשלום עולם\u202c مرحبا بالعالم";

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["script"] = Script,
        ["right to left"] = RightToLeft,
        ["10,000 characters"] = new('W', 10_000),
    };

    [TestCase("script")]
    [TestCase("right to left")]
    [TestCase("10,000 characters")]
    public async Task Text_is_text_on_every_page_that_shows_it(string kind)
    {
        var text = Texts[kind];
        var site = await DashboardSite.GetAsync();
        site.Runtime.Answer("scripted/mirror", (turn, _) => turn.Kind is OpenClaw.Jobs.Runtimes.TurnKind.Heartbeat ? Task.FromResult(text) : throw new OpenClaw.Jobs.Engine.Definitions.StepFailedException("no", text) { NonRetryable = true });

        // Names that turn around what stands after them are refused; texts are not.
        var name = text.Replace("\u202e", "").Replace("\u202c", "");
        name = name[..Math.Min(name.Length, 255)];
        var created = await site.Service.Api.CarryOutAsync(
            "/api/v1/agents/provision", new { name, persona = text, model = "scripted/mirror", heartbeat = new { checklist = new[] { name } }, configuration = new { text } });
        var agent = created.AgentId;
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        var failed = await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = text });
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await site.Service.Api.PostAsync("/api/v1/commands", new { text });

        string[] paths =
        [
            "/", $"/dashboard/agents?q={Uri.EscapeDataString(name)}", $"/dashboard/agents/{agent}", $"/dashboard/agents/{agent}?tab=heartbeats",
            $"/dashboard/agents/{agent}?tab=checkpoints", $"/dashboard/agents/{agent}?tab=messages", $"/dashboard/agents/{agent}?tab=settings",
            $"/dashboard/workflows/{failed.Id("workflow_uuid")}", "/dashboard/workflows", "/dashboard/messages", "/dashboard/commands",
        ];
        await using var visit = await site.OpenAsync("/", width: 390);
        foreach (var path in paths)
        {
            await visit.Page.GotoAsync(path);
            await visit.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(closed => closed.open = true)");

            Assert.That(await visit.Page.TitleAsync(), Is.Not.EqualTo("owned"), path);
            Assert.That(await visit.Page.Locator("main img, main script").CountAsync(), Is.Zero, path);
            Assert.That(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390), $"{path}: scrolls sideways");
        }

        Assert.That(visit.Complaints, Is.Empty);
        await visit.Page.GotoAsync($"/dashboard/agents/{agent}");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(name, new() { UseInnerText = true });
    }
}
