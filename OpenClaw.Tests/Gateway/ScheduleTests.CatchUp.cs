using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

public sealed partial class ScheduleTests
{
    [TestCase("skip", "150m", new[] { "late", "late", "late", "missed", "missed", "missed" })]
    [TestCase("cancel", "always", new[] { "late", "late", "late", "late", "missed", "missed" })]
    public async Task After_an_outage_as_many_times_as_its_schedule_says_are_sent_in_order(string overlap, string catchUp, string[] outcomes)
    {
        await SharedAgentAsync();
        var (agent, sent) = (await Service.Database.TextAsync("SELECT id::text FROM openclaw.agents WHERE name = 'shared'"), outcomes.Count(outcome => outcome == "late"));

        // Two minutes ago it was due for the last time.
        var made = await Service.Api.PostAsync($"/api/v1/agents/{agent}/schedules", new { name = "Often", message = "NO_REPLY", cron = $"{(DateTime.UtcNow.Minute + 58) % 60} * * * *", overlap, catch_up = catchUp, catch_up_runs = 4 });
        var id = Guid.Parse(made.Text("id")!);

        await FireAsync("1", missed: 6);

        Assert.That(await OutcomesAsync(), Is.EqualTo(outcomes));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE sender = 'cron:{id}' AND state = 'delivered'"), Is.EqualTo($"{sent}"));
        Assert.That(
            await Service.Database.LinesAsync($"SELECT r.due_at FROM openclaw.schedule_runs r JOIN openclaw_system.notifications m ON m.id = r.message_id WHERE r.schedule_id = '{id}' ORDER BY m.sequence"),
            Is.EqualTo(await Service.Database.LinesAsync($"SELECT due_at FROM openclaw.schedule_runs WHERE schedule_id = '{id}' AND message_id IS NOT NULL ORDER BY due_at")));
        if (overlap == "skip")
        {
            await Service.Database.ExecuteAsync($"UPDATE openclaw_system.notifications SET state = 'accepted' WHERE sender = 'cron:{id}'");
            await FireAsync("2", missed: 2);
            await Service.Database.ExecuteAsync($"UPDATE openclaw_system.notifications SET state = 'delivered' WHERE sender = 'cron:{id}'");
            Assert.That((await OutcomesAsync())[..3], Is.EqualTo(new[] { "skipped", "skipped", "late" }), "What is in the way of the first is in the way of all.");
        }

        async Task FireAsync(string job, int missed)
        {
            await Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET due_at = now() - interval '{missed} hours' WHERE id = '{id}'");
            await Service.Services.GetRequiredService<ScheduleService>().FireAsync(id, job, default);
        }

        async Task<string?[]> OutcomesAsync() =>
            [.. (await Service.Api.GetJsonAsync($"/api/v1/schedules/{id}/runs")).Body.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("outcome").GetString())];
    }
}
