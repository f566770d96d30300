using System.Net;
using System.Net.Http.Headers;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Spending;

/// <summary>What budgets do to turns. A token that is written costs a cent, one that is read nothing.</summary>
[Category("Slow")]
public sealed class BudgetTests
{
    private FakeProvider _provider = null!;
    private RunningService _service = null!;

    [SetUp]
    public async Task Start()
    {
        _provider = await FakeProvider.StartAsync();
        _service = await RunningService.StartAsync(null, Settings);
        await _service.Api.PriceAsync("openai/*", input: 0, cached: 0, output: 10_000);
        _provider.Answer(call => call.SayAsync("Yes.", finish: null, inputTokens: 50, outputTokens: 100));
    }

    [TearDown]
    public async Task Stop()
    {
        await _service.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private (string Name, string Value)[] Settings => [("OPENAI_BASE_URL", $"{_provider.Address}v1")];

    [Test]
    public async Task A_hard_budget_over_two_services_holds_with_many_turns_at_once()
    {
        await using var other = await RunningService.StartBesideAsync(_service, settings: Settings);
        var open = new Signal();
        _provider.Answer(async call =>
        {
            await open.Task;
            await call.SayAsync("Yes.", finish: null, inputTokens: 50, outputTokens: 100);
        });
        await _service.Api.BudgetAsync(agent: null, "day", soft: null, hard: 5);
        var agents = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => ProvisionAsync($"spender {number}")));

        await Task.WhenAll(agents.Select((agent, index) => (index % 2 == 0 ? _service : other).Api.TellAsync(agent, "hello", wait: false)));
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content = 'hello' AND state = 'parked'"), Is.EqualTo("7"));
        await Eventually.That(() => _provider.Calls, Has.Count.EqualTo(5));
        Assert.That(await StandingAsync(), Is.EqualTo((0m, 5m)), "Nothing is spent, and all of it is held.");
        open.SetResult();

        await Eventually.That(StandingAsync, Is.EqualTo((5m, 0m)));
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE status = 'paused'"), Is.EqualTo("7"));
        Assert.That(_provider.Calls, Has.Count.EqualTo(5));
        Assert.That(_provider.Calls.Select(call => (int?)call.Body["max_tokens"]), Is.All.EqualTo(100), "None may write more than was held for it.");
    }

    [Test]
    public async Task A_turn_that_might_break_a_budget_waits_with_a_reason_and_goes_on_when_there_is_room()
    {
        var agent = await ProvisionAsync("ada");
        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 1.5m);
        Assert.That((await _service.Api.TellAsync(agent, "one")).Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("Yes."));

        var refused = await _service.Api.TellAsync(agent, "two");

        const string Reason = "ada has used 1.00 of 1.50 USD today, and the next turn may take 1.00: raise the budget to 2.40, or wait until tomorrow (UTC), and resume the agent.";
        var message = refused.Body.GetProperty("message");
        Assert.That((message.GetProperty("state").GetString(), message.GetProperty("state_reason").GetString()), Is.EqualTo(("parked", Reason)));
        const string Asked = "ada has reached its budget. ada has used 1.00 of 1.50 USD today, and the next turn may take 1.00: raise the budget to 2.40, or wait until tomorrow (UTC)?\n1. Raise to 2.40 USD\n2. Wait until tomorrow\n";
        Assert.That(await NoticesAsync("budget_reached"), Has.Count.EqualTo(1).And.One.StartsWith(Asked));
        await Eventually.That(async () => (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("paused"));
        Assert.That(_provider.Calls, Has.Count.EqualTo(1));

        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 2.4m);
        await _service.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT state FROM openclaw_system.notifications WHERE content = 'two' AND agent_id = '{agent}'"), Is.EqualTo("delivered"));
        Assert.That(await StandingAsync(), Is.EqualTo((2m, 0m)));
    }

    [Test]
    public async Task Who_raises_a_budget_by_answering_has_its_agents_go_on_and_who_waits_when_its_period_is_over()
    {
        var (ada, bob) = (await ProvisionAsync("ada"), await ProvisionAsync("bob"));
        await _service.Api.BudgetAsync(agent: null, "week", soft: null, hard: 1.5m);
        await _service.Api.TellAsync(ada, "one");
        await _service.Api.TellAsync(ada, "two");
        await _service.Api.TellAsync(bob, "three");

        var asked = (await QuestionsAsync()).Single();
        Assert.That((asked.Text("asker"), asked.Text("state"), asked.Text("question")!), Is.EqualTo(("budget", "open", "All agents of admin together have used 1.00 of 1.50 USD this week, and the next turn may take 1.00: raise the budget to 2.40, or wait until Monday (UTC)?")));
        Assert.That(await NoticesAsync("budget_reached"), Has.Count.EqualTo(2), "Whom the same break meets later is told of, and not asked about again.");
        using var program = await ProgramAsync();
        Assert.That((await program.PostAsync($"/api/v1/questions/{asked.Id("id")}/answer", new { choice = "Raise to 2.40 USD" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        await _service.Api.PostAsync($"/api/v1/questions/{asked.Id("id")}/answer", new { choice = "Raise to 2.40 USD" });

        // One of them has the room; the other breaks what is a new limit, and is asked about anew.
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content IN ('two', 'three') AND state = 'delivered'"), Is.EqualTo("1"));
        await Eventually.That(QuestionsAsync, Has.Count.EqualTo(2));
        Assert.That(await _service.Database.LinesAsync("SELECT actor, detail FROM openclaw.audit_log WHERE action = 'budget.set' ORDER BY id"), Is.EqualTo(new[] { "api|week: hard 1.50 USD", "api|week: hard 2.40 USD, as was answered" }));
        var again = (await QuestionsAsync())[0];
        Assert.That(again.Text("state"), Is.EqualTo("open"));
        Assert.That(again.Text("question"), Does.EndWith(", and the next turn may take 1.00: raise the budget to 3.84, or wait until Monday (UTC)?"), "The other's turn may be under way yet.");
        await program.PostAsync($"/api/v1/questions/{again.Id("id")}/answer", new { choice = "Wait until Monday" });
        Assert.That(await _service.Database.TextAsync($"SELECT follow_up_at > now() AND abs(extract(epoch FROM follow_up_at - expires_at)) < 1 FROM openclaw.questions WHERE id = '{again.Id("id")}'"), Is.EqualTo("True"));

        // A week later.
        await PausedAsync(1);
        await _service.Database.ExecuteAsync("SET session_replication_role = replica; UPDATE openclaw.spending SET day = day - 7");
        await _service.Database.ExecuteAsync($"UPDATE openclaw.questions SET follow_up_at = now(), context = jsonb_set(context, '{"{from}"}', to_jsonb((current_date - 14)::text)) WHERE id = '{again.Id("id")}'");
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content IN ('two', 'three') AND state = 'delivered'"), Is.EqualTo("2"));
        await PausedAsync(0);
    }

    [Test]
    public async Task A_budget_that_is_set_by_hand_is_no_question_any_more()
    {
        var agent = await ProvisionAsync("ada");
        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 0.5m);
        await _service.Api.TellAsync(agent, "one");
        var asked = (await QuestionsAsync()).Single();

        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 20);

        Assert.That((await QuestionsAsync()).Single().Text("state"), Is.EqualTo("cancelled"));
        var late = await _service.Api.PostAsync($"/api/v1/questions/{asked.Id("id")}/answer", new { choice = "Raise to 1.00 USD" });
        Assert.That((late.Status, late.Text("detail")), Is.EqualTo((HttpStatusCode.Conflict, "Nobody needs an answer any more.")));
        Assert.That((await _service.Api.GetJsonAsync("/api/v1/budgets")).Body.GetProperty("budgets")[0].GetProperty("hard").GetDecimal(), Is.EqualTo(20m));
    }

    [Test]
    public async Task A_beat_that_might_break_a_budget_is_skipped_and_its_agent_paused()
    {
        var agent = await ProvisionAsync("beating");
        await _service.Api.BudgetAsync(agent, "month", soft: null, hard: 0.5m);

        await _service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        await Eventually.That(async () => (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("paused"));
        Assert.That(await _service.Database.TextAsync($"SELECT status || ': ' || reason FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"), Does.StartWith("skipped: beating has used 0.00 of 0.50 USD this month, and the next turn may take 1.00"));
        Assert.That(_provider.Calls, Is.Empty);
    }

    [Test]
    public async Task The_owner_is_told_of_a_soft_limit_once_though_many_turns_of_two_services_pass_it()
    {
        await using var other = await RunningService.StartBesideAsync(_service, settings: Settings);
        await _service.Api.BudgetAsync(agent: null, "week", soft: 2, hard: 100);
        var agents = await Task.WhenAll(Enumerable.Range(1, 6).Select(number => ProvisionAsync($"soft {number}")));

        await Task.WhenAll(agents.Select((agent, index) => (index % 2 == 0 ? _service : other).Api.TellAsync(agent, "hello")));
        await Task.WhenAll(agents.Select(agent => _service.Api.TellAsync(agent, "again")));

        var told = await NoticesAsync("budget_near");
        Assert.That(told, Has.Count.EqualTo(1));
        Assert.That(told[0], Does.Match(@"^All agents of admin: \d+\.00 USD used this week; you wanted to be told at 2\.00\. At 100\.00 turns are refused until Monday\.$"));
        Assert.That((await _service.Api.GetJsonAsync("/api/v1/agents?status=running")).Body.GetProperty("agents").GetArrayLength(), Is.EqualTo(6));
    }

    [Test]
    public async Task Who_moves_the_soft_limit_is_told_again()
    {
        var agent = await ProvisionAsync("told");
        foreach (var soft in new[] { 1m, 2m })
        {
            await _service.Api.BudgetAsync(agent, "day", soft, hard: null);
            await _service.Api.TellAsync(agent, "hello");
            await _service.Api.TellAsync(agent, "hello again");
        }

        Assert.That(await NoticesAsync("budget_near"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_model_without_a_price_is_not_asked_where_a_budget_could_not_hold()
    {
        await _service.Database.ExecuteAsync("DELETE FROM openclaw.model_prices");
        var agent = await ProvisionAsync("unpriced");
        await _service.Api.TellAsync(agent, "free");
        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 5);

        var refused = await _service.Api.TellAsync(agent, "hello");

        Assert.That(refused.Body.GetProperty("message").GetProperty("state_reason").GetString(), Does.StartWith("openai/some-model has no price, so that the budget of unpriced could not hold."));
        Assert.That(_provider.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_was_held_for_a_turn_whose_process_was_killed_counts_until_its_time_is_over()
    {
        var agent = await ProvisionAsync("lapsing");
        await _service.Api.BudgetAsync(agent, "day", soft: null, hard: 1);
        await _service.Database.ExecuteAsync($"INSERT INTO openclaw.spending_reservations VALUES ('killed', 'admin', '{agent}', 'openai/some-model', 1, now() + interval '1 hour')");
        Assert.That((await _service.Api.TellAsync(agent, "hello")).Body.GetProperty("message").GetProperty("state_reason").GetString(), Does.Contain("0.000001 is held for turns under way"));
        await Eventually.That(async () => (await _service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("paused"));

        await _service.Database.ExecuteAsync("UPDATE openclaw.spending_reservations SET until = now() - interval '1 second'");
        await _service.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");

        await Eventually.That(StandingAsync, Is.EqualTo((1m, 0m)));
        Assert.That(await _service.Database.TextAsync("SELECT count(*) FROM openclaw.spending_reservations"), Is.EqualTo("0"));
    }

    private async Task<(decimal Used, decimal Reserved)> StandingAsync()
    {
        var budget = (await _service.Api.GetJsonAsync("/api/v1/budgets")).Body.GetProperty("budgets")[0];
        return (budget.GetProperty("used").GetDecimal(), budget.GetProperty("reserved").GetDecimal());
    }

    private async Task<List<Answer>> QuestionsAsync() =>
        [.. (await _service.Api.GetJsonAsync("/api/v1/questions")).Body.GetProperty("questions").EnumerateArray().Select(question => new Answer(HttpStatusCode.OK, question, null!))];

    private Task<string> PausedAsync(int count) => Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE status = 'paused' AND operation IS NULL"), Is.EqualTo($"{count}"));

    // It may change things, and no limits.
    private async Task<HttpClient> ProgramAsync()
    {
        var key = (await _service.Api.PostAsync("/api/v1/keys", new { name = "program", scopes = new[] { "write" } })).Text("key");
        var program = _service.Client();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return program;
    }

    private Task<List<string>> NoticesAsync(string what) =>
        _service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE recipient = 'owner:admin' AND metadata ->> 'event' = '{what}'");

    // A turn of it may cost a dollar.
    private async Task<Guid> ProvisionAsync(string name)
    {
        var answer = await _service.Api.CarryOutAsync(
            "/api/v1/agents/provision", new { name, model = "openai/some-model", heartbeat = new { enabled = false }, configuration = new { max_output_tokens = 100 } });
        return answer.AgentId;
    }
}
