using System.Text;
using Microsoft.AspNetCore.Http;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>Between us and Twilio's API: where it is, what its answers may be, and what becomes of a message when there is none.</summary>
[Parallelizable(ParallelScope.All)] // The last fixture of all: one after the other its tests would keep one lane for a minute and a half while the others are done.
[Category("Slow")]
public sealed class TwilioConnectionTests
{
    private const string Outcome = "SELECT string_agg(concat_ws(' ', state, error_code), ', ' ORDER BY id) FROM openclaw.whatsapp_messages WHERE direction = 'out'";
    private const string Failure = "SELECT error ->> 'code' FROM openclaw_system.workflow_status WHERE name = 'send_notification'";
    private const string Attempt = "SELECT concat_ws(' ', function_name, failures, error ->> 'code') FROM openclaw_system.operation_outputs WHERE error IS NOT NULL";
    private const string Picture = "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
    private const string Kept = "SELECT media -> 0 ->> 'file' FROM openclaw.whatsapp_messages WHERE direction = 'in'";

    private static readonly string Credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WhatsAppBench.Account}:{WhatsAppBench.AuthToken}"));

    private DirectoryInfo _files = null!;

    [SetUp]
    public void MakeFolder() => _files = Directory.CreateTempSubdirectory("openclaw-whatsapp-");

    [TearDown]
    public void DeleteFolder() => _files.Delete(recursive: true);

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_redirect_is_not_followed_and_is_no_acceptance(int status)
    {
        await using var elsewhere = await TwilioStandIn.StartAsync();
        await using var bench = await WhatsAppBench.StartAsync();
        bench.Twilio.Redirect(status, elsewhere.Address);

        await bench.SendAsync("for Twilio alone");
        await bench.SendAsync("the next one");

        await Eventually.That(() => bench.TextAsync(Outcome), Is.EqualTo("failed, queued"));
        Assert.That(await bench.TextAsync($"{Failure} AND status = 'ERROR'"), Is.EqualTo("twilio_redirected"));
        Assert.That(await bench.TextAsync("SELECT error FROM openclaw.whatsapp_messages WHERE state = 'failed'"), Does.Contain($"redirect to {elsewhere.Address} ({status})").And.Contain("TWILIO_API_BASE_URL"));
        Assert.That((elsewhere.Requests, elsewhere.Lists), Is.EqualTo((Array.Empty<SendRequest>(), Array.Empty<string>())));
        Assert.That(bench.Twilio.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_refused_connection_is_a_failed_attempt_and_the_message_goes_out_once_twilio_is_back()
    {
        var port = FreePort.Find();
        await using var bench = await WhatsAppBench.StartAsync(settings: _ => [("TWILIO_API_BASE_URL", $"http://127.0.0.1:{port}")]);

        await bench.SendAsync("patience");

        await Eventually.That(() => bench.TextAsync(Attempt), Does.Match("^send [1-9] twilio_unreachable$"));
        Assert.That(
            await bench.TextAsync("SELECT reason FROM openclaw_system.workflow_events WHERE kind = 'step_failed' ORDER BY seq LIMIT 1"),
            Does.StartWith($"Twilio's API at http://127.0.0.1:{port}").And.Contain("Connection refused").And.EndWith("It is tried again."));
        Assert.That(await bench.TextAsync(Outcome), Is.EqualTo("pending"));

        await using var back = await TwilioStandIn.StartAsync(port);
        await Eventually.That(() => bench.TextAsync(Outcome), Is.EqualTo("queued"));
        Assert.That(back.Accepted.Select(text => text.Body), Is.EqualTo(new[] { "patience" }));
        Assert.That(bench.Twilio.Requests, Is.Empty);
    }

    [Test]
    public async Task An_answer_that_breaks_off_is_a_failed_attempt()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        bench.Twilio.AcceptAndHangUp(() => Task.CompletedTask);

        await bench.SendAsync("once");

        await Eventually.That(() => bench.TextAsync(Outcome), Is.EqualTo("queued"));
        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw_system.workflow_events WHERE kind = 'step_failed' AND reason LIKE '%cannot be reached%'"), Is.EqualTo("1"));
        Assert.That(bench.Shown(), Is.EqualTo(new[] { "once" }));
    }

    [TestCase("")]
    [TestCase(TwilioStandIn.Behind)]
    [TestCase(TwilioStandIn.Behind + "/")]
    public async Task The_api_is_asked_where_the_setting_says(string path)
    {
        await using var bench = await WhatsAppBench.StartAsync(settings: twilio => [("TWILIO_API_BASE_URL", twilio.Address + path)]);
        bench.Twilio.AcceptAndHangUp(() => Task.CompletedTask);

        await bench.SendAsync("here");

        await Eventually.That(() => bench.TextAsync(Outcome), Is.EqualTo("queued"));
        var request = bench.Twilio.Requests.Single();
        Assert.That(request.Path, Is.EqualTo($"{path.TrimEnd('/')}/2010-04-01/Accounts/{WhatsAppBench.Account}/Messages.json"));
        Assert.That(request.Authorization, Is.EqualTo(Credentials));
        Assert.That(bench.Twilio.Lists, Has.Count.EqualTo(1));
    }

    [TestCase(502, "text/html", "<html>Bad Gateway</html>")]
    [TestCase(503, "text/plain", "")]
    [TestCase(429, "text/plain", "slow down")]
    [TestCase(500, "application/json", """{"code":20500,"message":"Trouble.","details":["not an object"],"status":500}""")]
    [TestCase(200, "text/html", "<html>Sign in to this network</html>")]
    [TestCase(201, "application/json", "")]
    [TestCase(201, "application/json", "{}")]
    public async Task What_is_said_in_words_that_are_not_the_api_s_is_tried_again(int status, string contentType, string body)
    {
        await using var bench = await WhatsAppBench.StartAsync();
        bench.Twilio.RefuseWith(status, contentType, body);

        await bench.SendAsync("patience");

        await Eventually.That(() => bench.TextAsync(Outcome), Is.EqualTo("queued"));
        Assert.That(bench.Shown(), Is.EqualTo(new[] { "patience" }));
        Assert.That(bench.Twilio.Requests, Has.Count.EqualTo(2));
        Assert.That(await bench.TextAsync("SELECT sid FROM openclaw.whatsapp_messages"), Is.EqualTo(bench.Twilio.Accepted.Single().Sid));
    }

    [Test]
    public async Task A_picture_is_fetched_from_the_storage_that_the_api_names_without_the_credentials()
    {
        await using var storage = await TwilioStandIn.StartAsync();
        storage.Media = context => context.Response.WriteAsync("the picture");
        await using var bench = await StartWithFilesAsync();
        bench.Twilio.Media = context =>
        {
            context.Response.Redirect(storage.Address + context.Request.Path, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        using var answer = await bench.SendPictureAsync(Picture);

        var file = await Eventually.That(() => bench.TextAsync(Kept), Does.EndWith(".png"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_files.FullName, "media", file)), Is.EqualTo("the picture"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
            foreach (var path in new[] { Path.Combine(_files.FullName, "media"), Path.Combine(_files.FullName, "media", file) })
            {
                Assert.That(File.GetUnixFileMode(path) & others, Is.EqualTo(UnixFileMode.None), "What people send is for nobody else on the machine.");
            }
        }
    }

    [Test]
    public async Task A_picture_behind_endless_redirects_is_given_up_at_once()
    {
        await using var bench = await StartWithFilesAsync();
        bench.Twilio.Media = context =>
        {
            context.Response.Redirect(context.Request.Path);
            return Task.CompletedTask;
        };

        using var answer = await bench.SendPictureAsync(Picture);

        await Eventually.That(() => bench.TextAsync(Attempt), Is.EqualTo("keep_media 1 twilio_redirected"));
        Assert.That(bench.Twilio.Fetches, Is.EqualTo(new[] { Credentials, "", "", "" }));
    }

    [Test]
    public async Task A_picture_that_cannot_be_fetched_is_a_failed_attempt()
    {
        await using var bench = await StartWithFilesAsync();
        var first = true;
        bench.Twilio.Media = async context =>
        {
            context.Response.ContentLength = 1_000_000;
            if (first)
            {
                first = false;
                await context.Response.Body.WriteAsync(new byte[100_000]);
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(new byte[1_000_000]);
        };

        using var answer = await bench.SendPictureAsync(Picture);

        await Eventually.That(() => bench.TextAsync(Kept), Does.EndWith(".png"));
        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw_system.workflow_events WHERE kind = 'step_failed' AND reason LIKE 'Twilio''s API%'"), Is.EqualTo("1"));
    }

    private Task<WhatsAppBench> StartWithFilesAsync() => WhatsAppBench.StartAsync(settings: _ => [("OPENCLAW_DATA_DIR", _files.FullName)]);
}
