using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Makes the pictures of docs/dashboard.md and docs/engine.md; scripts/screenshots runs it.</summary>
[Explicit("Writes into docs/images.")]
public sealed class Screenshots
{
    private static readonly string[] Names = ["Research desk", "Inbox triage", "Release notes", "On-call helper", "Invoice checker", "Travel planner"];

    [Test]
    public async Task Take_them()
    {
        // A picture is no place for a directory of the machine that made it.
        await using var site = await DashboardSite.StartAsync(("OPENCLAW_DATA_DIR", "/var/lib/openclaw"));
        var api = site.Service.Api;
        var agent = await SeedAsync(site);
        await api.PostAsync($"/api/v1/agents/{agent}/pause");
        await api.PostAsync($"/api/v1/agents/{agent}/resume");
        await site.Service.Database.ExecuteAsync($"INSERT INTO openclaw.agent_usage (agent_id, day, turns, input_tokens, output_tokens) SELECT '{agent}', current_date - i, 40 + i % 9, 61000 + i * 977, 8000 + i * 131 FROM generate_series(0, 9) i");
        var failed = await api.PostAsync("/api/v1/agents/provision", new { name = "Newsletter", model = "openai/not-configured-here" });
        var shaky = await api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "What is new since yesterday?" });
        var delivery = shaky.Body.GetProperty("message").GetProperty("workflow_uuid").GetGuid();
        await Eventually.That(async () => (await api.GetJsonAsync($"/api/v1/workflows/{delivery}")).Text("status"), Is.EqualTo("SUCCESS"));

        await TakeAsync(site, "overview", "/");
        await TakeAsync(site, "agents", "/dashboard/agents?sort=name");
        await TakeAsync(site, "new-agent", "/dashboard/agents/new");
        await TakeAsync(site, "agent", $"/dashboard/agents/{agent}");
        await TakeAsync(site, "heartbeats", $"/dashboard/agents/{agent}?tab=heartbeats");
        await TakeAsync(site, "checkpoints", $"/dashboard/agents/{agent}?tab=checkpoints");
        await TakeAsync(site, "usage", $"/dashboard/agents/{agent}?tab=usage");
        await TakeAsync(site, "agent-settings", $"/dashboard/agents/{agent}?tab=settings");
        await TakeAsync(site, "workflows", "/dashboard/workflows");
        await TakeAsync(site, "workflow-figures", "/dashboard/workflows/figures");
        await TakeAsync(site, "workflow", $"/dashboard/workflows/{delivery}");
        await TakeAsync(site, "failed-workflow", $"/dashboard/workflows/{failed.Id("workflow_uuid")}", scheme: ColorScheme.Dark);
        await TakeAsync(site, "messages", "/dashboard/messages");
        await TakeAsync(site, "notices", "/dashboard/notices");
        await TakeAsync(site, "notice-rules", "/dashboard/notices/rules");
        await site.Service.Database.ExecuteAsync("INSERT INTO openclaw.contacts (number, owner, name, last_inbound_at) VALUES ('+15550100042', 'admin', 'Ada', now()), ('+15550100043', NULL, 'Grace', now())");
        await TakeAsync(site, "contacts", "/dashboard/contacts");
        foreach (var text in new[] { "create scout as a careful reader", "puase inbox triage please", "status", "stop scout" })
        {
            await api.PostAsync("/api/v1/commands", new { text });
        }

        await TakeAsync(site, "commands", "/dashboard/commands");
        await TakeAsync(site, "health", "/dashboard/health");
        await TakeAsync(site, "audit", "/dashboard/audit");
        await TakeAsync(site, "settings", "/dashboard/settings");
        await TakeAsync(site, "phone", $"/dashboard/agents/{agent}", width: 390, ColorScheme.Dark);

        await FillStatesAsync(site);
        await TakeAsync(site, "home", "/hangfire", set: "hangfire");
        foreach (var state in new[] { "enqueued", "processing", "scheduled", "deleted" })
        {
            await TakeAsync(site, state, $"/hangfire/jobs/{state}", set: "hangfire");
        }

        await TakeAsync(site, "retries", "/hangfire/retries", set: "hangfire");
        await TakeAsync(site, "succeeded", "/hangfire/jobs/succeeded", set: "hangfire");
        await TakeAsync(site, "failed", "/hangfire/jobs/failed", scheme: ColorScheme.Dark, set: "hangfire");
        await TakeAsync(site, "recurring", "/hangfire/recurring", set: "hangfire");
        await TakeAsync(site, "servers", "/hangfire/servers", set: "hangfire");
        await TakeAsync(site, "job", "/hangfire/jobs/details/1", set: "hangfire");
        await TakeAsync(site, "awaiting", "/hangfire/jobs/awaiting", set: "hangfire");
    }

    private static async Task<Guid> SeedAsync(DashboardSite site)
    {
        var api = site.Service.Api;
        var turns = 0;
        site.Runtime.Answer("scripted/desk", (turn, _) => turn.Kind is OpenClaw.Jobs.Runtimes.TurnKind.Heartbeat
            ? Task.FromResult(turns % 5 == 4 ? "1. attention: two mails wait for an answer\n2. ok" : "HEARTBEAT_OK")
            : Interlocked.Increment(ref turns) % 2 == 0 ? throw new TimeoutException("The model did not answer in time.") : Task.FromResult("Three papers came in; one cites ours. The summary is in the shared folder."));
        foreach (var name in Names[1..])
        {
            await api.ProvisionAsync(name);
        }

        var created = await api.PostAsync("/api/v1/agents/provision", new
        {
            name = Names[0],
            persona = "Reads what is new and says in three lines what matters.",
            model = "scripted/desk",
            heartbeat = new { interval = "15m", checklist = new[] { "mails that wait for an answer", "papers that cite ours" } },
        });
        var agent = created.Id("id");
        for (var beat = 0; beat < 12; beat++)
        {
            await api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        }

        await api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Good morning. Anything that I should read today?" });
        return agent;
    }

    // Something to see on the page of each state of a job.
    private static async Task FillStatesAsync(DashboardSite site)
    {
        var api = site.Service.Api;
        site.Runtime.Answer("scripted/slow", async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return "";
        });
        site.Runtime.Answer("scripted/broken", (_, _) => throw new TimeoutException("The model did not answer in time."));
        foreach (var model in new[] { "slow", "broken" })
        {
            var agent = await api.PostAsync("/api/v1/agents/provision", new { name = model, model = $"scripted/{model}" });
            await api.PostAsync($"/api/v1/agents/{agent.Id("id")}/message", new { content = "Are you there?" }, ("Prefer", "respond-async"));
        }

        var jobs = site.Service.Services.GetRequiredService<IBackgroundJobClient>();
        jobs.Schedule(() => ReportJobs.Write("weekly report"), TimeSpan.FromHours(3));
        jobs.Delete(jobs.Schedule(() => ReportJobs.Write("last week's report"), TimeSpan.FromHours(3))!);
        jobs.Enqueue(() => ReportJobs.Break("daily report"));
        jobs.Create(Job.FromExpression(() => ReportJobs.Write("monthly report")), new EnqueuedState(ReportJobs.UnservedQueue));
        await Eventually.That(() => site.Service.Database.TextAsync("SELECT count(*) FROM hangfire.set WHERE key = 'retries'"), Is.Not.EqualTo("0"));
    }

    private static async Task TakeAsync(DashboardSite site, string name, string path, int width = 1280, ColorScheme scheme = ColorScheme.Light, string set = "dashboard")
    {
        await using var visit = await site.OpenAsync(path, width, scheme);
        await visit.Page.ScreenshotAsync(new() { Path = Repository.PathTo($"docs/images/{set}-{name}.png") });
    }
}
