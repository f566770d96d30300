using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Spending;

/// <summary>What models cost, held against what their provider counts.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SpendingLedgerTests : ModelFixture
{
    // All but the service's own question whether a model is there, which comes at every fifth minute.
    private const string Asked = "FROM openclaw.spending WHERE kind <> 'check'";

    [Test, Order(1)]
    public async Task The_ledger_is_the_providers_bill_to_the_unit()
    {
        await Service.Api.PriceAsync("openai/some-*", input: 1.25m, cached: 0.125m, output: 10m);
        var (bill, number) = (new ConcurrentBag<decimal>(), 0);
        Provider.Answer(call =>
        {
            var (input, output) = (1_000 + 7 * Interlocked.Increment(ref number), 13 * number);
            bill.Add(Math.Round(input * 1.25m + output * 10m, MidpointRounding.AwayFromZero));
            return call.LastMessage.Contains("forbidden", StringComparison.Ordinal)
                ? call.SayAsync("I must", "content_filter", input, output)
                : call.SayAsync("HEARTBEAT_OK", finish: null, input, output);
        });
        var agents = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => ProvisionAsync($"billed {number}")));

        await Task.WhenAll(agents.SelectMany(agent => Enumerable.Range(1, 5).Select(message => Service.Api.TellAsync(agent, message == 3 ? "forbidden" : "hello"))));
        await Service.Api.PostAsync($"/api/v1/agents/{agents[0]}/heartbeat");
        await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) {Asked}"), Is.EqualTo("21"));

        Assert.That(bill, Has.Count.EqualTo(21));
        Assert.That(decimal.Parse(await Service.Database.TextAsync($"SELECT sum(amount)::text {Asked}")), Is.EqualTo(bill.Sum()));
        var kinds = (await Service.Api.GetJsonAsync("/api/v1/spending?by=kind")).Body.GetProperty("sums").EnumerateArray()
            .Where(sum => sum.GetProperty("key").GetString() != "check").ToDictionary(sum => sum.GetProperty("key").GetString()!, sum => (sum.GetProperty("turns").GetInt32(), sum.GetProperty("amount").GetDecimal()));
        Assert.That(kinds.ToDictionary(kind => kind.Key, kind => kind.Value.Item1), Is.EqualTo(new Dictionary<string, int> { ["message"] = 20, ["beat"] = 1 }));
        Assert.That(kinds.Values.Sum(kind => kind.Item2), Is.EqualTo(bill.Sum() / 1_000_000));
        foreach (var sum in (await Service.Api.GetJsonAsync("/api/v1/spending?by=agent")).Body.GetProperty("sums").EnumerateArray().Where(sum => sum.GetProperty("key").GetString() is not null))
        {
            var rows = (await Service.Api.GetJsonAsync($"/api/v1/spending/entries?agent_id={sum.GetProperty("key").GetString()}")).Body.GetProperty("entries").EnumerateArray();
            Assert.That(rows.Sum(row => row.GetProperty("amount").GetDecimal()), Is.EqualTo(sum.GetProperty("amount").GetDecimal()), "A sum is that of the rows that one can open.");
        }

        Assert.That(await Service.Database.TextAsync("SELECT count(*) FROM openclaw.spending_reservations"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_turn_that_is_retried_after_a_crash_is_charged_once()
    {
        var agent = await ProvisionAsync("charged once");
        await Service.Api.TellAsync(agent, "once");
        var workflow = await Service.Database.TextAsync($"SELECT workflow_uuid::text FROM openclaw_system.notifications WHERE content = 'once' AND agent_id = '{agent}'");

        // As it is when the process dies between the record and the step's checkpoint.
        await Service.Database.ExecuteAsync(
            $"""
            UPDATE openclaw_system.notifications SET state = 'accepted' WHERE workflow_uuid = '{workflow}';
            DELETE FROM openclaw_system.notifications WHERE reply_to = (SELECT id FROM openclaw_system.notifications WHERE workflow_uuid = '{workflow}');
            UPDATE openclaw_system.operation_outputs SET output = NULL, completed_at = NULL WHERE workflow_uuid = '{workflow}' AND function_name IN ('deliver', 'reply');
            UPDATE openclaw_system.workflow_status SET status = 'ERROR', next_step = 1 WHERE workflow_uuid = '{workflow}';
            """);
        await Service.Api.PostAsync($"/api/v1/workflows/{workflow}/resume");
        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/workflows/{workflow}")).Text("status"), Is.EqualTo("SUCCESS"));

        Assert.That(await Service.Database.LinesAsync($"SELECT turn_key, kind, owner, input_tokens, output_tokens FROM openclaw.spending WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { $"{workflow}:deliver|message|admin|11|7" }));
    }

    [Test]
    public async Task A_provider_that_is_busy_or_gone_is_not_paid_and_holds_nothing()
    {
        var agent = await ProvisionAsync("unanswered");
        Provider.Answer(call => call.FailAsync(401, "who are you?"));

        await Service.Api.TellAsync(agent, "hello?");

        Assert.That(await Service.Database.TextAsync($"SELECT (SELECT count(*) FROM openclaw.spending WHERE agent_id = '{agent}') + (SELECT count(*) FROM openclaw.spending_reservations WHERE agent_id = '{agent}')"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_came_from_the_providers_cache_costs_its_own_price()
    {
        await Service.Api.PriceAsync("openai/some-*", input: 1.25m, cached: 0.125m, output: 10m);
        var agent = await ProvisionAsync("cached");
        Provider.Answer(async call =>
        {
            await call.BeginAsync("Yes.");
            await call.WriteAsync("""data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":800}}}""" + "\n\ndata: [DONE]\n\n");
        });

        await Service.Api.TellAsync(agent, "hello");

        Assert.That(
            await Service.Database.LinesAsync($"SELECT input_tokens, cached_input_tokens, output_tokens, amount FROM openclaw.spending WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { "1000|800|10|450" }));
    }

    [Test]
    public async Task Of_prices_the_one_that_says_most_holds_from_its_day_on()
    {
        await Service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw.model_prices (model, valid_from, input, cached_input, output) VALUES
                ('openai/*', '2020-01-01', 9000000, 9000000, 9000000), ('openai/da*', '2020-01-01', 9000000, 9000000, 9000000),
                ('openai/dated', '2020-01-01', 5000000, 0, 5000000), ('openai/dated', current_date - 1, 1000000, 0, 2000000), ('openai/dated', current_date + 2, 7000000, 0, 7000000)
            """);
        var (dated, other, unknown) = (await ProvisionOnAsync("openai/dated", "dated"), await ProvisionOnAsync("openai/dates", "other"), await ProvisionOnAsync("openai/x", "far"));

        foreach (var agent in new[] { dated, other, unknown })
        {
            await Service.Api.TellAsync(agent, "hello");
        }

        Assert.That(
            await Service.Database.LinesAsync($"SELECT price_model, price_from = current_date - 1, amount FROM openclaw.spending WHERE agent_id IN ('{dated}', '{other}', '{unknown}') ORDER BY id"),
            Is.EqualTo(new[] { "openai/dated|True|25", "openai/da*|False|162", "openai/*|False|162" }));
        await Service.Database.ExecuteAsync("DELETE FROM openclaw.model_prices WHERE valid_from = '2020-01-01'");
    }

    [Test]
    public async Task What_stands_in_the_ledger_stays()
    {
        var agent = await ProvisionAsync("kept");
        await Service.Api.TellAsync(agent, "hello");

        Assert.ThrowsAsync<PostgresException>(() => Service.Database.ExecuteAsync("UPDATE openclaw.spending SET amount = 0"));
        Assert.ThrowsAsync<PostgresException>(() => Service.Database.ExecuteAsync("DELETE FROM openclaw.spending"));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw.spending WHERE agent_id = '{agent}'"), Is.EqualTo("1"));
    }

    private async Task<Guid> ProvisionOnAsync(string model, string name)
    {
        var answer = await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model, heartbeat = new { enabled = false } });
        return answer.AgentId;
    }
}
