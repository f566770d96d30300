using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    [Test]
    public async Task Fifty_requests_at_once_with_one_key_start_one_workflow_and_are_answered_alike()
    {
        await using var service = await RunningService.StartAsync();
        var agent = new { name = "once", model = "local/echo" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => service.Api.PostAsync("/api/v1/agents/provision", agent, (Header, "one"))));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(HttpStatusCode.Created));
        Assert.That(answers.Select(answer => answer.Body.ToString()).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/agents")).Body.GetProperty("total").GetInt32(), Is.EqualTo(1));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/workflows")).Body.GetProperty("workflows").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_with_another_body_or_address_is_refused()
    {
        var api = (await SharedService.GetAsync()).Api;
        var key = (Header, Guid.NewGuid().ToString());
        await api.PostAsync("/api/v1/agents", new { name = "first", model = "local/echo" }, key);

        var otherBody = await api.PostAsync("/api/v1/agents", new { name = "second", model = "local/echo" }, key);
        var otherAddress = await api.PostAsync("/api/v1/agents/provision", new { name = "first", model = "local/echo" }, key);

        foreach (var answer in new[] { otherBody, otherAddress })
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(answer.Text("code"), Is.EqualTo("idempotency_key_reused"));
        }
    }

    [Test]
    public async Task A_repeated_operation_on_an_agent_is_carried_out_once()
    {
        var api = (await SharedService.GetAsync()).Api;
        var id = await api.ProvisionAsync();
        var key = (Header, Guid.NewGuid().ToString());

        var first = await api.PostAsync($"/api/v1/agents/{id}/pause", body: null, key);
        var second = await api.PostAsync($"/api/v1/agents/{id}/pause", body: null, key);

        Assert.That((first.Status, second.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That((await api.GetJsonAsync($"/api/v1/agents/{id}/checkpoints")).Body.GetProperty("checkpoints").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_repeated_resume_of_a_workflow_is_carried_out_once_and_answered_alike()
    {
        var api = (await SharedService.GetAsync()).Api;
        var failed = await api.PostAsync("/api/v1/agents/provision", new { name = "nowhere", model = "nobody/knows" });
        var workflow = $"/api/v1/workflows/{failed.Id("workflow_uuid")}";
        var key = (Header, Guid.NewGuid().ToString());

        var first = await api.PostAsync($"{workflow}/resume", body: null, key);
        await Eventually.That(async () => (await api.GetJsonAsync(workflow)).Text("status"), Is.EqualTo("ERROR"));
        var second = await api.PostAsync($"{workflow}/resume", body: null, key);

        Assert.That((first.Status, second.Status), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Accepted)));
        var events = (await api.GetJsonAsync($"{workflow}/events")).Body.GetProperty("events").EnumerateArray();
        Assert.That(events.Count(entry => entry.GetProperty("kind").GetString() == "resumed"), Is.EqualTo(1));
        Assert.That((await api.PostAsync($"{workflow}/cancel", body: null, key)).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase("/api/v1/agents", "")]
    [TestCase("/api/v1/agents/provision", "two words")]
    [TestCase("/api/v1/agents", "ключ")]
    [TestCase("/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/pause", "tab\there")]
    [TestCase("/api/v1/workflows/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/cancel", "")]
    public async Task A_key_that_is_none_is_answered_400(string path, string key)
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 };
        var service = await SharedService.GetAsync();
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Authorization = service.Api.DefaultRequestHeaders.Authorization;

        var answer = await client.PostAsync(path, new { name = "a", model = "local/echo" }, (Header, key));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { Header }));
    }

    [TestCase(255, HttpStatusCode.Created)]
    [TestCase(256, HttpStatusCode.BadRequest)]
    public async Task A_key_may_have_255_characters(int length, HttpStatusCode status)
    {
        var api = (await SharedService.GetAsync()).Api;
        var key = Guid.NewGuid().ToString("N").PadRight(length, '~');

        Assert.That((await api.PostAsync("/api/v1/agents", new { name = "a", model = "local/echo" }, (Header, key))).Status, Is.EqualTo(status));
    }
}
