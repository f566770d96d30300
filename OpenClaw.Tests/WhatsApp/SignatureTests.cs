using System.Net;
using System.Net.Http.Json;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

public sealed class SignatureTests
{
    private const string Written = "SELECT (SELECT count(*) FROM openclaw.contacts) + (SELECT count(*) FROM openclaw.whatsapp_messages) + (SELECT count(*) FROM openclaw_system.workflow_status)";

    private static readonly Dictionary<string, string> Form = new() { ["MessageSid"] = "SM1", ["From"] = $"whatsapp:{WhatsAppBench.Owner}", ["Body"] = "list agents" };

    [Test]
    public async Task Only_what_twilio_has_signed_for_our_address_gets_in()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        const string path = WebhookUrl.InboundPath;
        var good = WhatsAppBench.Sign(WhatsAppBench.Public + path, Form);
        var changed = new Dictionary<string, string>(Form) { ["Body"] = "stop everything" };
        (string Name, Dictionary<string, string> Form, string Signature, HttpStatusCode Expected)[] table =
        [
            ("wrong", Form, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", HttpStatusCode.Forbidden),
            ("none", Form, "", HttpStatusCode.Forbidden),
            ("of another secret", Form, WhatsAppBench.Sign(WhatsAppBench.Public + path, Form, "other"), HttpStatusCode.Forbidden),
            ("replayed with a changed body", changed, good, HttpStatusCode.Forbidden),
            ("for another path", Form, WhatsAppBench.Sign(WhatsAppBench.Public + WebhookUrl.StatusPath, Form), HttpStatusCode.Forbidden),
            ("for another host", Form, WhatsAppBench.Sign("https://other.example.org/claw" + path, Form), HttpStatusCode.Forbidden),
            ("for our address without TLS", Form, WhatsAppBench.Sign(WhatsAppBench.Public.Replace("https:", "http:", StringComparison.Ordinal) + path, Form), HttpStatusCode.Forbidden),
            ("for where we listen behind the proxy", Form, WhatsAppBench.Sign(new Uri(bench.Service.Address, path).AbsoluteUri, Form), HttpStatusCode.Forbidden),
            ("for our address with its port", Form, WhatsAppBench.Sign("https://bot.example.org:443/claw" + path, Form), HttpStatusCode.OK),
            ("valid", Form, good, HttpStatusCode.OK),
            ("valid, and replayed", Form, good, HttpStatusCode.OK),
        ];

        foreach (var (name, form, signature, expected) in table)
        {
            using var answer = await bench.PostAsync(path, form, signature);

            Assert.That(answer.StatusCode, Is.EqualTo(expected), name);
        }

        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE direction = 'in'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Where_much_comes_that_is_not_signed_it_is_told_to_wait_and_what_is_signed_is_taken()
    {
        const string path = WebhookUrl.InboundPath;
        await using var bench = await WhatsAppBench.StartAsync(settings: _ => [("STRANGER_REQUESTS_PER_MINUTE", "10")]);
        var answers = new List<HttpResponseMessage>();
        for (var request = 0; request < 12; request++)
        {
            answers.Add(await bench.PostAsync(path, Form, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        }

        using var signed = await bench.PostAsync(path, Form);

        Assert.That(answers[0].StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((answers[^1].StatusCode, answers[^1].Headers.RetryAfter?.Delta > TimeSpan.Zero), Is.EqualTo((HttpStatusCode.TooManyRequests, true)));
        Assert.That(await answers[^1].Content.ReadAsStringAsync(), Does.Contain("too_many_requests"));
        Assert.That(signed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        answers.ForEach(answer => answer.Dispose());
    }

    [Test]
    public async Task A_form_with_one_signature_of_all_its_fields_gets_in_and_nothing_else()
    {
        const string path = WebhookUrl.InboundPath;
        await using var bench = await WhatsAppBench.StartAsync();
        using var client = bench.Service.Client();
        var good = WhatsAppBench.Sign(WhatsAppBench.Public + path, Form);
        var ofNothing = WhatsAppBench.Sign(WhatsAppBench.Public + path, new Dictionary<string, string>());
        (string Name, HttpContent Content, string[] Signatures)[] table =
        [
            ("no header", new FormUrlEncodedContent(Form), []),
            ("two headers", new FormUrlEncodedContent(Form), [good, good]),
            ("JSON", JsonContent.Create(Form), [ofNothing]),
            ("a form signed without its fields", new FormUrlEncodedContent(Form), [ofNothing]),
        ];

        foreach (var (name, content, signatures) in table)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            foreach (var signature in signatures)
            {
                request.Headers.Add("X-Twilio-Signature", signature);
            }

            using var answer = await client.SendAsync(request);

            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), name);
        }

        Assert.That(await bench.TextAsync(Written), Is.EqualTo("0"));
    }

    [TestCase("https://bot.example.org:8443", "https://bot.example.org:8443", HttpStatusCode.OK)]
    [TestCase("https://bot.example.org:8443", "https://bot.example.org", HttpStatusCode.OK)]
    [TestCase("https://bot.example.org:8443", "https://bot.example.org:443", HttpStatusCode.Forbidden)]
    [TestCase("http://bot.example.org", "http://bot.example.org:80", HttpStatusCode.OK)]
    [TestCase("http://bot.example.org", "https://bot.example.org", HttpStatusCode.Forbidden)]
    public async Task Twilio_may_leave_a_port_out_or_add_the_usual_one(string publicBaseUrl, string signedFor, HttpStatusCode expected)
    {
        await using var bench = await WhatsAppBench.StartAsync(settings: _ => [("PUBLIC_BASE_URL", publicBaseUrl)]);

        using var answer = await bench.PostAsync(WebhookUrl.InboundPath, Form, WhatsAppBench.Sign(signedFor + WebhookUrl.InboundPath, Form));

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Ten_thousand_forged_requests_write_nothing()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        using var client = bench.Service.Client();

        var refused = 0;
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, WebhookUrl.InboundPath) { Content = new FormUrlEncodedContent(Form) };
            request.Headers.Add("X-Twilio-Signature", Convert.ToBase64String(BitConverter.GetBytes(number)));
            using var answer = await client.SendAsync(request, token);
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.That(refused, Is.EqualTo(10_000));
        Assert.That(await bench.TextAsync(Written), Is.EqualTo("0"));
    }

    [Test]
    public async Task Without_an_account_nothing_gets_in()
    {
        var service = await SharedService.GetAsync();
        using var client = service.Client();

        using var answer = await client.PostAsync(WebhookUrl.InboundPath, new FormUrlEncodedContent(Form));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }
}
