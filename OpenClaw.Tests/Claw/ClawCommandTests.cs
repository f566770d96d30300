using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;
using OpenClaw.Claw;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Claw;

/// <summary>What holds of every command there is, without a service.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class ClawCommandTests
{
    private static readonly int[] Documented = [.. ExitCodeRow().Matches(File.ReadAllText(Repository.PathTo("docs/claw.md"))).Select(row => int.Parse(row.Groups[1].Value))];

    private static readonly Command[] Commands = [.. Leaves(CommandLine.Root(Around(TextWriter.Null, TextWriter.Null, url: null)))];

    private WebApplication _stranger = null!;

    [OneTimeSetUp]
    public async Task Start_a_service_of_another_kind()
    {
        _stranger = LocalServer.Build();
        _stranger.MapFallback((HttpRequest request) => request.Path.StartsWithSegments("/other") ? Results.Json(new { hello = "from elsewhere" }) : Results.Content("<!doctype html><title>Somewhere else</title>", "text/html"));
        await _stranger.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _stranger.DisposeAsync();

    [Test]
    public void Every_command_has_an_example_in_its_help_that_is_understood_and_takes_json()
    {
        Assert.That(Commands, Has.Length.GreaterThan(50));
        Assert.Multiple(() =>
        {
            foreach (var command in Commands)
            {
                var example = Example(command);
                Assert.That(example, Does.StartWith($"claw {Path(command)}"), Path(command));
                Assert.That(CommandLine.Root(Around(TextWriter.Null, TextWriter.Null, url: null)).Parse([.. Words(example), "--json"]).Errors.Select(error => error.Message), Is.Empty, example);
            }
        });
    }

    [Test]
    public void Every_command_and_every_exit_code_stands_in_the_guide()
    {
        var guide = File.ReadAllText(Repository.PathTo("docs/claw.md"));

        var missing = Commands.Select(Path).Where(path => !guide.Contains($"`claw {path}", StringComparison.Ordinal)
            && !(path.Split(' ') is [var group, var part] && guide.Contains($"`claw {group} ", StringComparison.Ordinal) && guide.Contains($"`{part}", StringComparison.Ordinal)));
        Assert.That(missing, Is.Empty);
        Assert.That(Documented, Is.EquivalentTo(typeof(ExitCodes).GetFields().Select(code => (int)code.GetRawConstantValue()!)));
    }

    [Test]
    public async Task Every_command_ends_with_a_code_of_the_list_and_says_why_where_nobody_answers()
    {
        foreach (var command in Commands.Where(command => command.Name is not ("backup" or "completion" or "login")))
        {
            var run = await RunAsync([.. Words(Example(command)), "--json"], "http://127.0.0.1:1");
            Assert.That((run.Code, run.Out), Is.EqualTo((ExitCodes.Unavailable, "")), Path(command));
            Assert.That(run.Error, Does.Contain("http://127.0.0.1:1 does not answer"), Path(command));
        }
    }

    [TestCase("", "is that its address?")]
    [TestCase("other/", "is the service of another version, or another service?")]
    public async Task Every_command_says_that_a_service_of_another_kind_is_none_of_ours(string path, string says)
    {
        // A call shows whatever comes.
        foreach (var command in Commands.Where(command => command.Name is not ("backup" or "completion" or "login" or "call" or "stop" or "delete")))
        {
            var run = await RunAsync(Words(Example(command)), $"{_stranger.Urls.Single()}/{path}");
            Assert.That(Documented, Does.Contain(run.Code), Path(command));
            Assert.That(run.Code == ExitCodes.Done || run.Error.Length > 0, Path(command));
        }

        Assert.That((await RunAsync(["agents"], $"{_stranger.Urls.Single()}/{path}")).Error, Does.Contain(says));
    }

    [TestCase("")]
    [TestCase("no-such-command")]
    [TestCase("agents --colour red")]
    [TestCase("subscriptions")]
    [TestCase("subscriptions resend 018f seven")]
    [TestCase("schedules add Ada")]
    [TestCase("call FETCH agents")]
    [TestCase("call GET http://example.com/agents")]
    [TestCase("call GET ../../login")]
    [TestCase("call POST agents not-json")]
    [TestCase("change Ada")]
    public async Task What_is_written_wrong_is_told_so_without_a_service(string words)
    {
        var run = await RunAsync(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "http://127.0.0.1:1");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Usage), run.Error);
        Assert.That(run.Error, Is.Not.Empty.And.Not.Contains("   at "));
    }

    [Test]
    public async Task A_key_that_is_none_is_told_so() =>
        Assert.That(await RunAsync(["agents"], "http://127.0.0.1:1", key: "a key\nand more"), Is.EqualTo(new Run(ExitCodes.NotAllowed, "", "What is shown as a key is none: it holds a line break, or a letter that no key has.\n")));

    [Test]
    public async Task A_script_for_the_shell_is_JSON_too() =>
        Assert.That(JsonSerializer.Deserialize<JsonElement>((await RunAsync(["completion", "bash", "--json"], url: null)).Out).GetProperty("script").GetString(), Does.Contain("complete -F _claw claw"));

    [TestCase("exit 0", "", 0)]
    [TestCase("echo \"where $3 is: no\" >&2; exit 1", "where --dry-run is: no\n", 1)]
    [TestCase("exit 78", "", 1)]
    public async Task A_backup_is_made_by_the_service_that_is_installed(string ends, string wrong, int code)
    {
        var folder = Directory.CreateTempSubdirectory("claw-backup-");
        var program = System.IO.Path.Combine(folder.FullName, "openclaw-backend");

        // By another process: a program that this one has open for writing, for as long as it starts others, cannot be run.
        await Shell.RunAsync("printf '%s' \"$TEXT\" >\"$PROGRAM\" && chmod 700 \"$PROGRAM\"", ("PROGRAM", program), ("TEXT", $"#!/bin/sh\necho \"$@\"\n{ends}\n"));

        Assert.That(await RunAsync(["backup", "here.tar", "--dry-run"], url: null, path: folder.FullName), Is.EqualTo(new Run(code, "backup here.tar --dry-run\n", wrong)));
        Assert.That((await RunAsync(["backup", "--json"], url: null, path: folder.FullName)).Out, Does.Contain("\"said\":\"backup\\n\""));
        folder.Delete(recursive: true);
        var elsewhere = await RunAsync(["backup"], url: null, path: folder.FullName);
        Assert.That((elsewhere.Code, elsewhere.Error), Is.EqualTo((ExitCodes.Unavailable, "A backup is made on the machine where the service is installed, and here is no openclaw-backend: call claw backup there, or scripts/backup in a clone.\n")));
    }

    private static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);

    private static string Path(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } above and not RootCommand ? $"{Path(above)} {command.Name}" : command.Name;

    private static string Example(Command command) => command.Description?.Split("Example: ") is [_, var example] ? example : "";

    // As a shell takes them: between apostrophes a word may hold blanks.
    private static string[] Words(string line) => [.. Word().Matches(line).Skip(1).Select(word => word.Value.Trim('\''))];

    private static Surroundings Around(TextWriter said, TextWriter wrong, string? url, string key = "any", string? path = null) =>
        new(TextReader.Null, said, wrong, name => name switch { "PATH" => path, "CLAW_URL" => url, "CLAW_KEY" => key, "CLAW_CONFIG" => System.IO.Path.Combine(System.IO.Path.GetTempPath(), "claw-none.json"), _ => null });

    private static async Task<Run> RunAsync(string[] args, string? url, string key = "any", string? path = null)
    {
        using var said = new StringWriter { NewLine = "\n" };
        using var wrong = new StringWriter { NewLine = "\n" };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return new Run(await CommandLine.RunAsync(args, Around(said, wrong, url, key, path), patience.Token), said.ToString(), wrong.ToString());
    }

    [GeneratedRegex(@"^\| ([0-9]+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex("'[^']*'|\\S+")]
    private static partial Regex Word();

    private sealed record Run(int Code, string Out, string Error);
}
