using System.Diagnostics;
using System.Text.Json;
using OpenClaw.Claw;
using OpenClaw.Tests.Mcp.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Claw;

/// <summary>The command line against a service: what it says, and with which exit code it ends.</summary>
public sealed partial class ClawTests : McpFixture
{
    private readonly string _profiles = Path.Combine(Directory.CreateTempSubdirectory("claw-").FullName, "profiles.json");

    [Test]
    public async Task It_signs_in_once_and_keeps_the_key_for_its_user_alone()
    {
        var file = Path.Combine(Path.GetDirectoryName(_profiles)!, "login.json");
        var wrong = await RunAsync(["login", "--url", Service.Address.ToString()], "not the token", file: file);
        var right = await RunAsync(["login", "--url", Service.Address.ToString(), "--profile", "suite"], RunningService.Token, file: file);

        Assert.That((wrong.Code, wrong.Error), Is.EqualTo((3, "Key: Send Authorization: Bearer with the service's token or a key.\n")));
        Assert.That((right.Code, right.Out), Is.EqualTo((0, $"{Service.Address} lets this key in; it is kept in {file}.\n")));
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), "Nobody else can read it.");
        Assert.That((await RunAsync(["agents", "--profile", "suite"], file: file)).Code, Is.Zero);
        Assert.That((await RunAsync(["agents"], file: file)).Error, Does.StartWith("There is no profile \"default\". Run: claw login"));
        Assert.That((await RunAsync(["login", "--url", "http://claw.example"], "key", file: file)).Error, Does.EndWith("No key goes to another machine in clear: reach claw.example by https://, or through a tunnel to this machine.\n"));
    }

    [Test]
    public async Task An_agent_lives_by_it()
    {
        await SignInAsync();

        Assert.That((await RunAsync(["provision", "Dora", "--persona", "kind"])).Code, Is.AnyOf(0, 6));
        Assert.That(await RunAsync(["send", "Dora", "-f", "say", "this"]), Is.EqualTo(new ClawRun(0, "echo (no model behind this): say this\n", "")));
        var listed = await RunAsync(["agents", "--status", "running"]);
        Assert.That(listed.Out.Split('\n')[0], Does.Match("^ID +NAME +STATUS +OPERATION +MODEL +NEXT HEARTBEAT AT$"));
        Assert.That(listed.Out, Does.Match(@"(?m)^[0-9a-f-]{36}  Dora +running +- +local/echo"));
        Assert.That((await RunAsync(["pause", "Dora"])).Code, Is.AnyOf(0, 6));
        Assert.That((await RunAsync(["resume", "Dora"])).Code, Is.AnyOf(0, 1, 6));
        Assert.That(await RunAsync(["stop", "Dora"], "n"), Has.Property("Code").EqualTo(1).And.Property("Error").EndsWith("Nothing was done. With --yes nobody is asked.\n"));
        var json = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["agents", "--json"])).Out);
        Assert.That(json.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString()), Does.Contain("Dora"));
    }

    [Test]
    public async Task Why_and_resume_see_to_what_has_failed()
    {
        await SignInAsync();
        var failed = await FailedWorkflowAsync("of the command line");

        Assert.That((await RunAsync(["workflows", "--failed"])).Out, Does.Contain(failed.ToString()));
        var why = await RunAsync(["why", failed.ToString()]);
        Assert.That((why.Code, why.Out), Is.EqualTo((0, (await Service.Api.GetJsonAsync($"/api/v1/workflows/{failed}/why")).Text("text") + "\n")));
        Assert.That(why.Out, Does.Contain("There is no luck today.").And.Contain("What to do: Mend what the reason says"));
        Assert.That((await RunAsync(["resume", failed.ToString()])).Out, Is.EqualTo($"route_message {failed} goes on; claw why {failed} tells what becomes of it.\n"));
    }

    [Test]
    public async Task Workflows_are_resumed_by_what_they_have_in_common()
    {
        await SignInAsync();
        var failed = await FailedWorkflowAsync("one of many");
        var other = await FailedWorkflowAsync("another of many");
        string[] where = ["resume", "--where", "state=failed", "--where", "name=route_message", "--where", "agent=one of many"];

        Assert.That((await RunAsync(where, "n")).Error, Is.EqualTo("1 workflow goes on at the step that failed. Go on? [y/N] Nothing was done. With --yes nobody is asked.\n"));
        Assert.That(await RunAsync([.. where, "-y"]), Is.EqualTo(new ClawRun(0, "1 of 1 go on.\n", "")));
        await Eventually.That(async () => (await RunAsync(["workflows", "--failed"])).Out, Does.Contain(failed.ToString()).And.Contain(other.ToString()));
        var json = JsonSerializer.Deserialize<JsonElement>((await RunAsync([.. where, "-y", "--json"])).Out);
        Assert.That((json.GetProperty("accepted").GetInt32(), json.GetProperty("results")[0].GetProperty("workflow_uuid").GetGuid()), Is.EqualTo((1, failed)));
    }

    [Test]
    public async Task Keys_are_made_and_ended()
    {
        await SignInAsync();

        var made = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["keys", "create", "by claw", "--scope", "read", "--json"])).Out);
        Assert.That((await RunAsync(["keys", "list"])).Out, Does.Contain("by claw"));
        Assert.That((await RunAsync(["provision", "x"], key: made.GetProperty("key").GetString())).Error, Is.EqualTo("The key \"by claw\" has not the scope write.\n"));
        Assert.That((await RunAsync(["keys", "revoke", made.GetProperty("id").GetString()!])).Out, Is.EqualTo("The key by claw is revoked.\n"));
    }

    [Test]
    public async Task A_brake_is_set_and_released()
    {
        await SignInAsync();
        Assert.That((await RunAsync(["provision", "Braked"])).Code, Is.AnyOf(0, 6));

        Assert.That((await RunAsync(["brake", "Braked", "--reason", "a look first"])).Out, Is.EqualTo("The brake is on for Braked. claw brake Braked --off releases it.\n"));
        Assert.That((await RunAsync(["send", "Braked", "hello"])).Code, Is.EqualTo(6));
        Assert.That((await RunAsync(["brake", "--off"])).Error, Is.EqualTo("There is no brake over all agents.\n"));
        Assert.That((await RunAsync(["brake", "Braked", "--off"])).Out, Is.EqualTo("The brake of Braked is released: what waited begins, a few agents a second.\n"));
    }

    [Test]
    public async Task Questions_are_listed_and_answered_by_number_once()
    {
        await SignInAsync();
        var id = await Service.Api.ProvisionAsync("Asking");
        var asked = (await Service.Api.PostAsync($"/api/v1/agents/{id}/questions", new { question = "May I?", choices = new[] { "Yes, do", "No" }, @default = "No", tell_agent = false })).Text("id")!;

        Assert.That((await RunAsync(["questions"])).Out, Does.Match($@"(?m)^{asked}  Asking  until \S+, else: No\n  May I\?\n  1\. Yes, do\n  2\. No$"));
        Assert.That(await RunAsync(["answer", asked, "1"]), Is.EqualTo(new ClawRun(0, "Yes, do: May I?\n", "")));
        Assert.That((await RunAsync(["answer", asked, "No"])).Code, Is.EqualTo(1));
        Assert.That((await RunAsync(["questions", "--all"])).Out, Does.Contain("answered: Yes, do"));
        Assert.That((await RunAsync(["answer", "ffffffff", "1"])).Code, Is.EqualTo(4));
    }

    [Test]
    public async Task Budgets_are_set_listed_and_taken_away()
    {
        await SignInAsync();
        Assert.That((await RunAsync(["provision", "Thrifty"])).Code, Is.AnyOf(0, 6));

        Assert.That((await RunAsync(["budget", "set", "Thrifty", "--period", "day", "--soft", "4.5", "--hard", "5"])).Out, Does.Match(@"^Thrifty: 0[.0]* of 5[.0]* USD a day are used\.\n$"));
        Assert.That((await RunAsync(["budget", "list"])).Out, Does.Match(@"(?m)^[0-9a-f-]{36}  Thrifty +day +4\.50* +5"));
        var listed = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["budget", "list", "--json"])).Out);
        var id = listed.GetProperty("budgets").EnumerateArray().Single(budget => budget.Text("agent_name") == "Thrifty").Text("id")!;
        Assert.That(await RunAsync(["budget", "remove", id]), Is.EqualTo(new ClawRun(0, "Thrifty: the budget of the day is taken away.\n", "")));
        Assert.That(await RunAsync(["budget", "remove", id]), Is.EqualTo(new ClawRun(4, "", $"There is no budget {id}; claw budget list has them.\n")));
    }

    [Test]
    public async Task Logs_and_top_go_on_while_the_service_is_started_again()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        (string Name, string Value)[] settings = [("PORT", $"{FreePort.Find()}"), ("LOG_LEVEL", "info")];
        using var cancel = new CancellationTokenSource();
        using var logs = new Screen();
        using var top = new Screen();
        using var notes = new Screen();
        Task<int> following, watching;
        await using (var service = await RunningService.StartOnAsync(database, settings))
        {
            await service.Api.ProvisionAsync("Dora");
            Surroundings Around(Screen screen) => new(TextReader.Null, screen, notes, name => name switch { "CLAW_KEY" => RunningService.Token, "CLAW_URL" => service.Address.ToString(), _ => null });
            (following, watching) = (CommandLine.RunAsync(["logs", "-f", "-n", "3"], Around(logs), cancel.Token), CommandLine.RunAsync(["top", "--every", "0.5"], Around(top), cancel.Token));
            await Eventually.That(() => logs.Text, Does.Match(@"(?m)^\S+ (info|warn) "));
            await Eventually.That(() => top.Text, Does.Contain("Agents 1: 1 running · failed workflows 0 · open questions 0 · brakes 0").And.Match("Dora +running"));
        }

        await Eventually.That(() => notes.Text, Does.Contain("It is asked again until it does."));
        await Eventually.That(() => top.Text, Does.Contain("It is asked again until it does."));
        var (lines, looks) = (logs.Text.Length, top.Text.Length);
        await using (await RunningService.StartOnAsync(database, settings))
        {
            await Eventually.That(() => notes.Text, Does.Contain("The log begins anew: another process answers"));
            await Eventually.That(() => logs.Text.Length, Is.GreaterThan(lines));
            await Eventually.That(() => top.Text[looks..], Does.Contain("Agents 1: 1 running"));
            await cancel.CancelAsync();
            Assert.That(await Task.WhenAll(following, watching), Is.EqualTo(new[] { 130, 130 }));
        }
    }

    [Test]
    public async Task The_log_is_shown_by_severity_and_without_secrets()
    {
        await SignInAsync();
        var json = JsonSerializer.Deserialize<JsonElement>((await RunAsync(["logs", "--level", "error", "--json"])).Out);

        Assert.That(json.GetProperty("lines").EnumerateArray().Select(line => line.Text("level")), Is.All.EqualTo("error"));
        Assert.That((await RunAsync(["logs", "-n", "500"])).Out, Does.Not.Contain(RunningService.Token));
        Assert.That((await RunAsync(["top", "--once"])).Out, Does.Match(@"^Agents \d+: "));
        Assert.That((await Service.Api.GetJsonAsync("/api/v1/logs?after=1")).Body.GetProperty("is_reset").GetBoolean(), Is.True);
    }

    [TestCase("", "bud", "budget")]
    [TestCase("budget", "s", "set")]
    [TestCase("budget set", "--per", "--period")]
    [TestCase("resume", "--wh", "--where")]
    [TestCase("resume", "--js", "--json")]
    public async Task Bash_completes_commands_and_options(string before, string begun, string completed)
    {
        var script = await RunAsync(["completion", "bash"]);
        Assert.That((script.Code, script.Error), Is.EqualTo((0, "")));

        string[] words = ["claw", .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries), begun];
        var asked = $"{script.Out}\nCOMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Length - 1}; _claw; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", asked]) { RedirectStandardOutput = true })!;
        var answer = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.That((bash.ExitCode, answer), Is.EqualTo((0, completed + "\n")));
    }

    [TestCase(2, "no-such-command")]
    [TestCase(4, "call", "GET", "no-such-list")]
    [TestCase(2, "completion", "fish")]
    [TestCase(2, "budget", "set", "--period", "day", "--hard", "much")]
    [TestCase(1, "budget", "set", "--period", "year", "--hard", "5")]
    [TestCase(4, "budget", "set", "nobody is called so", "--period", "day", "--hard", "5")]
    [TestCase(2, "resume")]
    [TestCase(2, "resume", "Dora", "--where", "state=failed")]
    [TestCase(2, "resume", "--where", "name=route_message")]
    [TestCase(2, "resume", "--where", "state=success")]
    [TestCase(2, "resume", "--where", "state=failed", "--where", "colour=red")]
    [TestCase(4, "resume", "--where", "state=failed", "--where", "agent=nobody is called so")]
    [TestCase(0, "resume", "--where", "state=cancelled", "--where", "name=no such workflow")]
    [TestCase(1, "logs", "--level", "loud")]
    [TestCase(1, "logs", "-n", "0")]
    [TestCase(2, "logs", "-n", "many")]
    [TestCase(2, "top", "--every", "0.1")]
    [TestCase(2, "top", "--every", "NaN", "--once")]
    [TestCase(2, "send", "Dora")]
    [TestCase(4, "pause", "nobody is called so")]
    [TestCase(4, "why", "018f0000-0000-7000-8000-000000000000")]
    [TestCase(1, "agents", "--status", "asleep")]
    [TestCase(0, "--help")]
    public async Task It_ends_with_a_code_that_scripts_can_use(int code, params string[] args)
    {
        await SignInAsync();

        Assert.That((await RunAsync(args)).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_service_that_is_not_there_is_told_from_one_that_refuses() =>
        Assert.That((await RunAsync(["agents"], key: "any", url: "http://127.0.0.1:1")).Code, Is.EqualTo(5));

    private async Task SignInAsync()
    {
        if (!File.Exists(_profiles))
        {
            Assert.That((await RunAsync(["login", "--url", Service.Address.ToString()], RunningService.Token)).Code, Is.Zero);
        }
    }

    private async Task<ClawRun> RunAsync(string[] args, string input = "", string? key = null, string? url = null, string? file = null)
    {
        using var said = new StringWriter { NewLine = "\n" };
        using var wrong = new StringWriter { NewLine = "\n" };
        var around = new Surroundings(new StringReader(input), said, wrong, name => name switch { "CLAW_CONFIG" => file ?? _profiles, "CLAW_KEY" => key, "CLAW_URL" => url, _ => null });
        return new ClawRun(await CommandLine.RunAsync(args, around, CancellationToken.None), said.ToString(), wrong.ToString());
    }

    /// <summary>Written by one thread and read by another.</summary>
    private sealed class Screen : StringWriter
    {
        public string Text
        {
            get
            {
                lock (this)
                {
                    return ToString();
                }
            }
        }

        public override void WriteLine(string? value)
        {
            lock (this)
            {
                base.WriteLine(value);
            }
        }

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }

    private sealed record ClawRun(int Code, string Out, string Error);
}
