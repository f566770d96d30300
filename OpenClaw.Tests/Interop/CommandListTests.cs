using System.Net.Http.Json;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.Interop;

/// <summary>
/// OpenClaw's own command line against the real gateway and against ours, side by side, command by command. The table is
/// printed at the end; OPENCLAW_INTEROP_SIDE runs it at <c>ours</c> or the <c>real</c> one alone, beside what the other was last seen to answer.
/// </summary>
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
[Category("Interop")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CommandListTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT", Side = "OPENCLAW_INTEROP_SIDE", Part = "OPENCLAW_INTEROP_COMMANDS", Table = "OPENCLAW_INTEROP_TABLE";

    private readonly CommandList _list = CommandList.Read();
    private readonly List<CommandRow> _run = [];
    private RealGateway? _gateway;
    private FrameTap? _tap;
    private RunningService? _service;
    private EchoModel? _model;
    private TwilioStandIn? _twilio;
    private RealCommandLine? _there;
    private RealCommandLine? _here;

    [OneTimeSetUp]
    public async Task Start_both_gateways()
    {
        var side = Environment.GetEnvironmentVariable(Side);
        if (side != "real")
        {
            await StartOursAsync();
        }

        if (side == "ours")
        {
            return;
        }

        _gateway = await RealGateway.StartAsync();
        var tapped = FreePort.Find();
        _tap = await FrameTap.StartAsync(tapped, new Uri(_gateway.Url));
        _there = new RealCommandLine($"ws://127.0.0.1:{tapped}", RealGateway.Token, "test/echo-1");
    }

    private async Task StartOursAsync()
    {
        var port = FreePort.Find();
        _model = await EchoModel.StartAsync(port);
        _twilio = await TwilioStandIn.StartAsync();
        _service = await RunningService.StartAsync(settings:
        [
            ("OPENAI_BASE_URL", $"http://127.0.0.1:{port}/v1"), ("OPENAI_API_KEY", "none"), ("LOG_LEVEL", "info"), ("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000"),
            ("TWILIO_AUTH_TOKEN", "none"), ("TWILIO_WHATSAPP_FROM", "+14155238886"), ("TWILIO_API_BASE_URL", _twilio.Address),
        ]);
        using var answer = await _service.Api.PostAsJsonAsync("/api/v1/agents/provision", new { name = "Ada", model = "openai/echo-1", heartbeat = new { enabled = false } });
        answer.EnsureSuccessStatusCode();
        _here = new RealCommandLine($"ws://127.0.0.1:{_service.Address.Port}", RunningService.Token, "openai/echo-1");
    }

    [OneTimeTearDown]
    public async Task Stop_both_gateways_and_show_the_table()
    {
        _there?.Dispose();
        _here?.Dispose();
        if (_tap is not null)
        {
            await _tap.DisposeAsync();
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_model is not null)
        {
            await _model.DisposeAsync();
        }

        if (_twilio is not null)
        {
            await _twilio.DisposeAsync();
        }

        var table = CommandTable.OfAll(_run);
        if (Environment.GetEnvironmentVariable(Table) is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, table);
        }

        await TestContext.Progress.WriteLineAsync(table);
        if (Environment.GetEnvironmentVariable(Update) == "1" && _run.Count > 0)
        {
            var day = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}";
            _list.Save(_gateway is null ? _list.Release : RealGateway.Release, day);
            if (_tap is not null)
            {
                var before = Environment.GetEnvironmentVariable(Part) is { Length: > 0 } ? RecordedFrames.Read() : null;
                FrameRecorder.Of(before, _tap.Calls, RealGateway.Release, day, [("test/echo-1", "local/echo"), (_there!.Place, "~"), (_gateway!.Place, "~")]).Save();
            }

            await File.WriteAllTextAsync(CommandTable.Guide, CommandTable.InGuide(await File.ReadAllTextAsync(CommandTable.Guide), _list));
        }
    }

    [TestCaseSource(nameof(Commands))]
    public async Task What_the_real_gateway_answers_ours_answers(string command)
    {
        var (there, here) = (_there?.RunAsync(command), _here?.RunAsync(command));
        var row = CommandRow.Of(command, there is null ? _list[command].Real : await there, here is null ? _list[command].Ours : await here);
        _run.Add(row);
        _list.Note(row);

        if (row is { Real.Works: true, Ours.Works: false } && !ExplainedRefusals.Explain(row))
        {
            Assert.Fail($"The real one answers, ours refuses: {row.Ours.Says}");
        }
    }

    private static IEnumerable<string> Commands()
    {
        var part = Environment.GetEnvironmentVariable(Part) is { Length: > 0 } pattern ? new Regex(pattern) : null;
        return CommandList.Read().Commands.Where(command => part is null || part.IsMatch(command));
    }
}
