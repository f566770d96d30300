using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.Questions;

/// <summary>What agents ask their owners, answered once from wherever.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class QuestionTests
{
    private const string Buttons = "HXabcdefabcdefabcdefabcdefabcdefab";

    private WhatsAppBench _bench = null!;
    private Guid _agent;

    private HttpClient Api => _bench.Service.Api;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await WhatsAppBench.StartAsync(withOwnHandler: true, settings: _ => [("TWILIO_3_CHOICES_CONTENT_SID", Buttons)]);
        _agent = await Api.ProvisionAsync("asking");

        // Each question as a message of its own, however many are asked within a minute.
        await Api.CallAsync(HttpMethod.Put, "/api/v1/notifications/rules", JsonContent.Create(new { digest_after = 100 }), []);
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    [TearDown]
    public Task Leave_nothing_open() => _bench.Service.Database.ExecuteAsync("UPDATE openclaw.questions SET state = 'cancelled' WHERE state = 'open'");

    [Test, Order(1)]
    public async Task A_question_is_read_and_answered_by_number_on_the_telephone_and_the_agent_hears_the_answer()
    {
        var id = await AskAsync("Shall I delete the old branch?");

        await ShownAsync($"asking asks: Shall I delete the old branch?\n1. Yes\n2. No\nAnswer with the number, or: answer {Short(id)} 1. It waits until ");
        await _bench.WriteAsync("2");

        await ShownAsync("Answered: No. (Shall I delete the old branch?)");
        var answered = await GetAsync(id);
        Assert.That((answered.Text("state"), answered.Text("answer"), answered.Text("answered_by")), Is.EqualTo(("answered", "No", "whatsapp")));
        await Eventually.That(
            async () => (await Api.GetJsonAsync($"/api/v1/agents/{_agent}/messages")).Body.GetRawText(), Does.Contain("""echo (no model behind this): The answer to your question \"Shall I delete the old branch?\": No"""));
        Assert.That(
            await _bench.Service.Database.LinesAsync($"SELECT actor, action, detail FROM openclaw.audit_log WHERE subject = 'question:{id}' ORDER BY id"),
            Is.EqualTo(new[] { "api|question.ask|Shall I delete the old branch?", "whatsapp|question.answer|No: Shall I delete the old branch?" }));
    }

    [Test]
    public async Task A_question_has_buttons_which_count_when_they_are_pressed_on_its_owners_phone()
    {
        const string Stranger = "+491709999999";
        await _bench.WriteAsync("questions");
        await ShownAsync("Nothing waits for an answer of yours.");

        var id = await AskAsync("When?", ["Now", "Later", "Never"]);

        var form = (await Eventually.That(() => _bench.Twilio.Requests.Where(request => request.Form.GetValueOrDefault("ContentSid") == Buttons).ToArray(), Has.Length.EqualTo(1)))[0].Form;
        var variables = JsonNode.Parse(form["ContentVariables"])!;
        Assert.That(form.ContainsKey("Body"), Is.False);
        Assert.That((string?)variables["1"], Does.StartWith($"asking asks: When? 1. Now 2. Later 3. Never Answer with the number, or: answer {Short(id)} 1."));
        Assert.That(new[] { "2", "3", "4", "5" }.Select(name => (string?)variables[name]), Is.EqualTo(new[] { Short(id), "Now", "Later", "Never" }));

        await PressAsync(id, 3, Stranger);
        await Eventually.That(() => _bench.Shown(Stranger), Has.Length.EqualTo(1));
        Assert.That((await GetAsync(id)).Text("state"), Is.EqualTo("open"));
        await PressAsync(id, 2);
        await ShownAsync("Answered: Later. (When?)");
        await PressAsync(id, 1);
        await Eventually.That(() => _bench.Shown()[^1], Is.EqualTo("Nothing waits for an answer of yours. Nothing was done."));
        Assert.That((await GetAsync(id)).Text("answer"), Is.EqualTo("Later"));

        _bench.Twilio.AcceptAndHangUp(() => Task.CompletedTask);
        await AskAsync("Once more?", ["Now", "Later", "Never"]);
        await Eventually.That(() => _bench.TextAsync("SELECT state FROM openclaw.whatsapp_messages WHERE body LIKE '%Once more?%'"), Is.EqualTo("queued"));
        Assert.That(_bench.Shown().Count(text => text.Contains("Once more?", StringComparison.Ordinal)), Is.EqualTo(1), "What Twilio has is found, buttons or not.");

        _bench.Twilio.Refuse(400, 21656);
        await AskAsync("And then?", ["Now", "Later", "Never"]);
        await ShownAsync("asking asks: And then?\n1. Now\n2. Later\n3. Never\nAnswer with the number");

        Task PressAsync(Guid question, int number, string from = WhatsAppBench.Owner) => _bench.PostAsync(WebhookUrl.InboundPath, new()
        {
            ["MessageSid"] = $"SM-press-{number}-{from}",
            ["From"] = $"whatsapp:{from}",
            ["To"] = $"whatsapp:{WhatsAppBench.From}",
            ["Body"] = $"Choice {number}",
            ["NumMedia"] = "0",
            ["MessageType"] = "button",
            ["ButtonText"] = $"Choice {number}",
            ["ButtonPayload"] = $"answer_{Short(question)}_{number}",
        });
    }

    [Test]
    public async Task What_another_sender_calls_a_question_has_no_buttons_of_it()
    {
        var id = await AskAsync("Really?", ["Now", "Later", "Never"]);
        await ShownAsync("Really?");
        var before = _bench.Twilio.Requests.Count;

        var sent = await _bench.Service.Api.PostAsync("/messages", new { id = $"question:{id}:joke", from = "joker", to = "owner:admin", content = "Shall I tell a joke?" });
        Assert.That((int)sent.Status, Is.LessThan(300), sent.Body.ToString());

        await ShownAsync("Shall I tell a joke?");
        Assert.That(_bench.Twilio.Requests.Skip(before).Select(request => request.Form.ContainsKey("ContentSid")), Is.All.False);
    }

    [Test]
    public async Task Of_answers_that_come_at_once_one_counts_and_the_others_hear_which()
    {
        var id = await AskAsync("Which one?");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Api.PostAsync($"/api/v1/questions/{id}/answer", new { choice = number % 2 == 0 ? "yes" : "No" })));

        var taken = answers.Single(answer => answer.Status is HttpStatusCode.OK).Text("answer");
        Assert.That(answers.Where(answer => answer.Status is HttpStatusCode.Conflict).Select(answer => answer.Text("code")), Is.EqualTo(Enumerable.Repeat("question_ended", 9)));
        Assert.That((await Api.PostAsync($"/api/v1/questions/{id}/answer", new { choice = "Yes" })).Text("detail"), Does.StartWith($"api has answered \"{taken}\" at "));
        Assert.That(await _bench.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE message_id = 'question:{id}' AND recipient LIKE 'agent:%'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task The_same_key_is_the_same_question_and_the_same_request_the_same_answer()
    {
        var body = new { question = "Once?", choices = new[] { "Yes", "No" }, key = "once", tell_agent = false };
        var asked = await Api.PostAsync($"/api/v1/agents/{_agent}/questions", body);
        var again = await Api.PostAsync($"/api/v1/agents/{_agent}/questions", body);
        var other = await Api.PostAsync($"/api/v1/agents/{_agent}/questions", body with { question = "Twice?" });

        Assert.That((asked.Status, again.Status, other.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict)));
        Assert.That((again.Id("id"), other.Text("code")), Is.EqualTo((asked.Id("id"), "question_key_reused")));
        Assert.That(asked.Response.Headers.Location!.OriginalString, Does.EndWith($"/api/v1/questions/{asked.Id("id")}"));
        var first = await Api.PostAsync($"/api/v1/questions/{asked.Id("id")}/answer", new { choice = "Yes" }, ("Idempotency-Key", "k1"));
        var repeated = await Api.PostAsync($"/api/v1/questions/{asked.Id("id")}/answer", new { choice = "Yes" }, ("Idempotency-Key", "k1"));
        Assert.That((repeated.Status, repeated.Body.GetRawText()), Is.EqualTo((HttpStatusCode.OK, first.Body.GetRawText())));
    }

    [Test]
    public async Task Nobody_answering_the_owner_is_reminded_once_and_then_the_default_counts()
    {
        var id = await AskAsync("Go on?", @default: "No", expiresIn: "3d");
        Assert.That((await GetAsync(id)).Body.GetProperty("remind_at").GetDateTimeOffset() - DateTimeOffset.UtcNow, Is.EqualTo(TimeSpan.FromDays(1)).Within(TimeSpan.FromMinutes(1)));

        await _bench.Service.Database.ExecuteAsync($"UPDATE openclaw.questions SET remind_at = now() - interval '1 second' WHERE id = '{id}'");
        await Eventually.That(() => NoticesAsync(id), Has.Count.EqualTo(2));
        await _bench.Service.Database.ExecuteAsync($"UPDATE openclaw.questions SET expires_at = now() - interval '1 second' WHERE id = '{id}'");
        await Eventually.That(async () => (await GetAsync(id)).Text("state"), Is.EqualTo("expired"));

        var told = await NoticesAsync(id);
        Assert.That(told[1], Does.StartWith("asking still waits for your answer: Go on?\n1. Yes\n2. No\n").And.Contain("Without an answer by then: No."));
        Assert.That(told[2], Is.EqualTo("asking had no answer in time to \"Go on?\". Its default counts: No."));
        var late = await Api.PostAsync($"/api/v1/questions/{id}/answer", new { choice = "Yes" });
        Assert.That(late.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(late.Text("detail"), Does.EndWith("so its default counts: No."));
        Assert.That(await _bench.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE message_id = 'question:{id}' AND recipient LIKE 'agent:%'"), Is.EqualTo("Nobody answered your question \"Go on?\" in time. The default counts: No"));
    }

    [Test]
    public async Task Of_several_questions_an_answer_by_number_asks_which_and_the_end_of_an_id_says_it()
    {
        var (first, second) = (await AskAsync("First?"), await AskAsync("Second?", choices: ["Red", "Blue"]));

        Assert.That(await CommandAsync("1"), Does.StartWith("Which of these?").And.Contain($"answer {Short(first)} 1 (First?: Yes)").And.Contain($"answer {Short(second)} 1 (Second?: Red)"));
        Assert.That(await CommandAsync("questions"), Does.Contain($"• {Short(second)}: asking: Second? (1 Red, 2 Blue)"));
        Assert.That(await CommandAsync("blue"), Is.EqualTo("Answered: Blue. (Second?)"));
        Assert.That(await CommandAsync($"answer {Short(second)} 1"), Does.StartWith("That answers none of the questions."), "Only what is open is answered.");
        await CommandAsync("tell asking good morning");
        Assert.That(await CommandAsync("yes"), Does.StartWith("Is that your answer to \"First?\"?"));
        Assert.That(await CommandAsync($"answer {Short(first)} yes"), Is.EqualTo("Answered: Yes. (First?)"));
        Assert.That(await CommandAsync("yes"), Is.EqualTo("Told asking."), "With no question open it is for the agent, as ever.");
    }

    [TestCase("""{"choices":["Yes","No"]}""", 422, "question")]
    [TestCase("""{"question":"x","choices":["Yes"]}""", 422, "choices")]
    [TestCase("""{"question":"x","choices":["1","2"]}""", 422, "choices")]
    [TestCase("""{"question":"x","choices":["Yes","yes"]}""", 422, "choices")]
    [TestCase("""{"question":"x","choices":["a","b","c","d","e"]}""", 422, "choices")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"default":"Maybe"}""", 422, "default")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"expires_in":"1s"}""", 422, "expires_in")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"expires_in":"soon"}""", 422, "expires_in")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"expires_in":"1h","remind_after":"2h"}""", 422, "remind_after")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"key":""}""", 422, "key")]
    [TestCase("""{"question":"x","choices":["Yes","No"],"colour":"red"}""", 400, null)]
    public async Task A_question_that_cannot_be_asked_is_refused(string body, int status, string? field)
    {
        var refused = await Api.PostTextAsync($"/api/v1/agents/{_agent}/questions", body);

        Assert.That((int)refused.Status, Is.EqualTo(status), refused.Body.ToString());
        Assert.That(field is null || refused.ErrorFields.SequenceEqual([field]), refused.Body.ToString());
    }

    [Test]
    public async Task What_is_no_choice_or_no_question_is_refused_and_open_ones_are_listed_first()
    {
        var open = await AskAsync("Open?");
        var ended = await AskAsync("Ended?");

        Assert.That((await Api.PostAsync($"/api/v1/questions/{ended}/answer", new { choice = "Maybe" })).ErrorFields, Is.EqualTo(new[] { "choice" }));
        Assert.That((await Api.PostAsync($"/api/v1/questions/{Guid.NewGuid()}/answer", new { choice = "Yes" })).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Api.PostAsync($"/api/v1/questions/{ended}/answer", new { choice = " yes " })).Text("answer"), Is.EqualTo("Yes"));
        var listed = await Api.GetJsonAsync($"/api/v1/questions?agent_id={_agent}&limit=500");
        Assert.That(listed.Body.GetProperty("questions")[0].GetProperty("id").GetGuid(), Is.EqualTo(open));
        Assert.That((await Api.GetJsonAsync("/api/v1/questions?state=open")).Body.GetProperty("total").GetInt32(), Is.EqualTo(1));
        Assert.That((await Api.GetJsonAsync("/api/v1/questions?state=lost")).ErrorFields, Is.EqualTo(new[] { "state" }));
    }

    [Test]
    public async Task A_key_for_some_agents_asks_for_them_reads_theirs_alone_and_answers_none()
    {
        var other = await Api.ProvisionAsync("other");
        var key = (await Api.PostAsync("/api/v1/keys", new { name = "asker", scopes = new[] { "write" }, agents = new[] { other } })).Text("key");
        using var client = _bench.Service.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var foreign = await AskAsync("Not yours?");

        var own = await client.PostAsync($"/api/v1/agents/{other}/questions", new { question = "Mine?", choices = new[] { "Yes", "No" } });

        Assert.That(own.Status, Is.EqualTo(HttpStatusCode.Created), own.Body.ToString());
        Assert.That((await client.GetJsonAsync("/api/v1/questions")).Body.GetProperty("questions").EnumerateArray().Select(question => question.GetProperty("id").GetGuid()), Is.EqualTo(new[] { own.Id("id") }));
        Assert.That((await client.GetJsonAsync($"/api/v1/questions/{foreign}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.PostAsync($"/api/v1/agents/{_agent}/questions", new { question = "Theirs?", choices = new[] { "Yes", "No" } })).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await client.PostAsync($"/api/v1/questions/{own.Id("id")}/answer", new { choice = "Yes" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task At_the_gateway_a_question_is_seen_and_answered_and_a_limit_is_raised_by_admins_alone()
    {
        var id = await AskAsync("By a client?");
        await _bench.Service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw.questions (id, owner, key, asker, text, choices, asked_by, asked_at, expires_at, context)
            VALUES ('0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f', 'admin', 'budget:of a test', 'budget', 'Raise?', '{Raise,Wait}', 'budget', now(), now() + interval '1 day', '{}')
            """);
        await using var client = await GatewayClient.ConnectAsync(_bench.Service.Address, "/", "operator.questions");

        var listed = (await client.RequestAsync("question.list"))["payload"]!["questions"]!.AsArray();
        var record = listed.Single(one => (string?)one!["id"] == id.ToString())!;
        Assert.That(record["questions"]![0]!.ToJsonString(), Is.EqualTo("""{"questionId":"answer","header":"Agent","question":"By a client?","options":[{"label":"Yes"},{"label":"No"}]}"""));
        Assert.That((string?)record["status"], Is.EqualTo("pending"));
        Assert.That((string?)record["sessionKey"], Is.EqualTo($"agent:{record["agentId"]}:main"));
        var waiting = client.RequestAsync("question.waitAnswer", new JsonObject { ["id"] = id.ToString() });
        var resolved = await ResolveAsync(client, id, "Yes");
        Assert.That(resolved["payload"]!.ToJsonString(), Is.EqualTo("""{"status":"answered","answers":{"answers":{"answer":["Yes"]}}}"""));
        Assert.That((await waiting)["payload"]!.ToJsonString(), Is.EqualTo(resolved["payload"]!.ToJsonString()));
        await Eventually.That(() => client.Events("question.resolved").Select(frame => frame["payload"]!.ToJsonString()), Has.One.Contains(id.ToString()).And.One.Contains("\"answers\":{\"answers\":{\"answer\":[\"Yes\"]}}"));
        var second = await AskAsync("And now?");
        await Eventually.That(() => client.Events("question.requested").Select(frame => (string?)frame["payload"]!["id"]), Has.One.EqualTo(second.ToString()));
        Assert.That((string?)(await ResolveAsync(client, id, "No"))["error"]!["details"]!["code"], Is.EqualTo("question_ended"));
        Assert.That((string?)(await ResolveAsync(client, Guid.Parse("0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"), "Raise"))["error"]!["message"], Does.StartWith("Limits are raised with the scope admin."));
    }

    private static Task<JsonNode> ResolveAsync(GatewayClient client, Guid id, string choice) => client.RequestAsync(
        "question.resolve", new JsonObject { ["id"] = id.ToString(), ["answers"] = new JsonObject { ["answers"] = new JsonObject { ["answer"] = new JsonArray(choice) } } });

    private async Task<Guid> AskAsync(string question, string[]? choices = null, string? @default = null, string? expiresIn = null)
    {
        var asked = await Api.PostAsync($"/api/v1/agents/{_agent}/questions", new { question, choices = choices ?? ["Yes", "No"], @default, expires_in = expiresIn });
        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.Created), asked.Body.ToString());
        return asked.Id("id");
    }

    private Task<Answer> GetAsync(Guid id) => Api.GetJsonAsync($"/api/v1/questions/{id}");

    private async Task<string?> CommandAsync(string text) => (await Api.PostAsync("/api/v1/commands", new { text })).Text("answer");

    private Task<List<string>> NoticesAsync(Guid id) =>
        _bench.Service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE message_id LIKE 'question:{id}%' AND recipient = 'owner:admin' ORDER BY sequence");

    private Task<string[]> ShownAsync(string text) => Eventually.That(() => _bench.Shown(), Has.Some.Contains(text));

    private static string Short(Guid id) => id.ToString("N")[^8..];
}
