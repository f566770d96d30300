using System.Net;
using System.Net.Http.Headers;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Spending;

/// <summary>Spending, budgets and prices by REST, and what is refused there.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SpendingApiTests
{
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [TestCase("""{"period":"year","hard":5}""", 422, "period")]
    [TestCase("""{"hard":5}""", 422, "period")]
    [TestCase("""{"period":"day"}""", 422, "hard")]
    [TestCase("""{"period":"day","hard":0}""", 422, "hard")]
    [TestCase("""{"period":"day","hard":0.0000001}""", 422, "hard")]
    [TestCase("""{"period":"day","hard":1e300}""", 400, null)]
    [TestCase("""{"period":"day","hard":"5"}""", 400, null)]
    [TestCase("""{"period":"day","soft":6,"hard":5}""", 422, "soft")]
    [TestCase("""{"period":"day","hard":5,"agent":"ada"}""", 400, null)]
    [TestCase("""{"period":"day","hard":5,"agent_id":"0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"}""", 404, null)]
    public async Task A_budget_that_cannot_be_kept_is_refused(string body, int status, string? field) => await RefusedAsync("/api/v1/budgets", body, status, field);

    [TestCase("""{"model":"gpt-5","input":1,"output":1}""", 422, "model")]
    [TestCase("""{"model":"openai/","input":1,"output":1}""", 422, "model")]
    [TestCase("""{"model":"*","input":1,"output":1}""", 422, "model")]
    [TestCase("""{"model":"openai/g*t","input":1,"output":1}""", 422, "model")]
    [TestCase("""{"model":"openai/gpt","output":1}""", 422, "input")]
    [TestCase("""{"model":"openai/gpt","input":1}""", 422, "output")]
    [TestCase("""{"model":"openai/gpt","input":-1,"output":1}""", 422, "input")]
    [TestCase("""{"model":"openai/gpt","input":1,"output":1,"valid_from":"soon"}""", 422, "valid_from")]
    public async Task A_price_that_cannot_be_used_is_refused(string body, int status, string? field) => await RefusedAsync("/api/v1/prices", body, status, field);

    [TestCase("/spending?by=mood", "by")]
    [TestCase("/spending?from=yesterday", "from")]
    [TestCase("/spending?from=2026-02-01&until=2026-01-01", "from")]
    [TestCase("/spending?from=2020-01-01", "from")]
    [TestCase("/spending?colour=red", "colour")]
    [TestCase("/spending/entries?kind=gift", "kind")]
    public async Task A_question_that_cannot_be_answered_is_refused(string path, string field)
    {
        var refused = await _service.Api.GetJsonAsync($"/api/v1{path}");

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { field })));
    }

    [Test]
    public async Task A_budget_is_set_changed_listed_and_taken_away_and_the_audit_says_by_whom()
    {
        var agent = await _service.Api.ProvisionAsync("budgeted");
        var made = await _service.Api.BudgetAsync(agent, "month", soft: 4, hard: 5.25m);
        var changed = await _service.Api.BudgetAsync(agent, "month", soft: null, hard: 8);

        Assert.That(changed.Id("id"), Is.EqualTo(made.Id("id")));
        var listed = (await _service.Api.GetJsonAsync("/api/v1/budgets")).Body.GetProperty("budgets").EnumerateArray().Single(budget => budget.GetProperty("agent_id").ValueKind is not System.Text.Json.JsonValueKind.Null && budget.GetProperty("agent_id").GetGuid() == agent);
        Assert.That((listed.GetProperty("agent_name").GetString(), listed.GetProperty("period").GetString(), listed.GetProperty("hard").GetDecimal(), listed.GetProperty("used").GetDecimal()), Is.EqualTo(("budgeted", "month", 8m, 0m)));
        Assert.That((await RemoveAsync(made.Id("id"))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await RemoveAsync(made.Id("id"))).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(
            await _service.Database.LinesAsync($"SELECT actor, action, detail FROM openclaw.audit_log WHERE subject = 'agent:{agent}' AND action LIKE 'budget.%' ORDER BY id"),
            Is.EqualTo(new[] { "api|budget.set|month: soft 4.00, hard 5.25 USD", "api|budget.set|month: hard 8.00 USD", "api|budget.remove|month" }));
    }

    [Test]
    public async Task A_price_is_set_replaced_and_listed_beside_those_that_come_with_the_service()
    {
        await _service.Api.PriceAsync("OpenAI/Llama-*", input: 1, cached: 0.5m, output: 2);
        await _service.Api.PriceAsync("openai/llama-*", input: 0, cached: 0, output: 0);

        var prices = (await _service.Api.GetJsonAsync("/api/v1/prices")).Body.GetProperty("prices").EnumerateArray().ToList();

        Assert.That(prices.Count(price => price.GetProperty("model").GetString() == "openai/llama-*"), Is.EqualTo(1));
        Assert.That(prices.Select(price => price.GetProperty("model").GetString()), Is.SupersetOf(new[] { "openai/gpt-5*", "anthropic/claude-sonnet-4-5*" }));
    }

    [Test]
    public async Task A_program_that_may_write_raises_no_limit()
    {
        var key = (await _service.Api.PostAsync("/api/v1/keys", new { name = "spender", scopes = new[] { "write" } })).Text("key");
        using var client = _service.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Assert.That((await client.PutAsync("/api/v1/budgets", new { period = "day", hard = 1_000 })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await client.PutAsync("/api/v1/prices", new { model = "openai/*", input = 0, output = 0 })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await client.GetJsonAsync("/api/v1/spending")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task RefusedAsync(string path, string body, int status, string? field)
    {
        var refused = await _service.Api.CallAsync(HttpMethod.Put, path, new StringContent(body, new MediaTypeHeaderValue("application/json")), []);

        Assert.That((int)refused.Status, Is.EqualTo(status), refused.Body.ToString());
        if (field is not null)
        {
            Assert.That(refused.ErrorFields, Is.EqualTo(new[] { field }));
        }
    }

    private Task<Answer> RemoveAsync(Guid id) => _service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/budgets/{id}", null, []);
}
