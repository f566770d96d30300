using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NSubstitute;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Tests.Gateway;

/// <summary>What frames may be, without a service: whatever comes is read or refused in words, and neither costs much.</summary>
public sealed class DoorTests
{
    private static readonly string[] Methods = ["connect", "agent", "chat.send", "messages.send", "cron.add", "runtime.reply"];

    [Test]
    public void Ten_thousand_hostile_frames_are_parsed_or_refused_in_short_words() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(HostileFrames.Broken(HostileFrames.Request(Methods)).ToArbitrary(), frame =>
        {
            var (request, malformed) = RequestParser.Parse(frame);
            return (request is null || (ForeignText.IsLine(request.Id) && ForeignText.IsLine(request.Method)))
                && (malformed is null || (ProtocolJson.Bytes(malformed).Length < 2_000 && ForeignText.IsWhole(malformed.Error!.Message)));
        }));

    [Test]
    public void Whatever_parameters_are_each_way_to_read_them_gives_what_can_be_kept_or_a_refusal() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(HostileFrames.Params.ToArbitrary(), json =>
        {
            var given = Parse(json);
            return given is not { } element || Readers.All(read => Holds(() => read(new GatewayParams("any.method", element, []))))
                && Holds(() => Same(ConnectRequest.Read(element)));
        }));

    [Test]
    public void A_refusal_that_quotes_64_KiB_of_a_stranger_costs_no_time_and_fits_a_close_frame()
    {
        var name = string.Concat(Enumerable.Repeat("\ud83d\ude00", 16_000));
        var frame = Encoding.UTF8.GetBytes($$"""{"type":"req","id":"x","method":"connect","params":{},"{{name}}":1}""");
        var began = Stopwatch.GetTimestamp();

        for (var i = 0; i < 100; i++)
        {
            Assert.That(Encoding.UTF8.GetByteCount(FrameWriter.Shorten(RequestParser.Parse(frame).Malformed!.Error!.Message)), Is.LessThanOrEqualTo(123));
        }

        Assert.That(Encoding.UTF8.GetByteCount(FrameWriter.Shorten(name)), Is.EqualTo(120), "whole characters");
        Assert.That(FrameWriter.Shorten("line\r\nline \u001b[2J \ud83d"), Is.EqualTo("line line \ufffd[2J \ufffd"));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(5)), "It took one to three seconds each.");
    }

    [Test]
    public async Task What_did_not_fit_into_the_line_takes_no_room_in_it()
    {
        var socket = Substitute.For<WebSocket>();
        var writer = new FrameWriter(socket, maxBuffered: 100);

        Assert.That(writer.TryWrite(new byte[60]), Is.True);
        Assert.That(writer.TryWrite(new byte[60]), Is.False);
        Assert.That(writer.TryWrite(new byte[1_000]), Is.False);
        Assert.That(writer.TryWrite(new byte[40]), Is.True, "Only what is in line counts.");
        writer.Close(WebSocketCloseStatus.NormalClosure, "");
        await writer.RunAsync(default);

        await socket.Received(2).SendAsync(Arg.Any<ArraySegment<byte>>(), WebSocketMessageType.Text, Arg.Any<bool>(), Arg.Any<CancellationToken>());
    }

    [Test]
    public async Task Connections_that_have_shown_no_token_are_bounded_by_address_and_all_in_all()
    {
        var gate = new ConnectionGate(new GatewayLimits { MaxStrangers = 2, MaxConnections = 6, StrangerPatience = TimeSpan.Zero }, TimeProvider.System);
        var (here, there) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"));

        var first = (await EnterAsync(here))!;
        Assert.That(await EnterAsync(IPAddress.Parse("::ffff:192.0.2.1")), Is.Not.Null);
        Assert.That(await EnterAsync(here), Is.Null, "the address has two");
        first.Known();
        Assert.That(await EnterAsync(here), Is.Not.Null, "one of them has shown a token");
        Assert.That(new[] { await EnterAsync(there), await EnterAsync(IPAddress.Parse("2001:db8::2")) }, Has.None.Null);
        Assert.That(await EnterAsync(IPAddress.Parse("2001:db8::3")), Is.Null, "a /64 is one place");
        Assert.That(await EnterAsync(IPAddress.Parse("198.51.100.1")), Is.Not.Null, "another one is not concerned");
        Assert.That(await EnterAsync(IPAddress.Parse("198.51.100.2")), Is.Null, "six are all");
        first.Dispose();
        Assert.That(await EnterAsync(IPAddress.Parse("198.51.100.2")), Is.Not.Null);

        Task<ConnectionPass?> EnterAsync(IPAddress address) => gate.EnterAsync(address, default);
    }

    [Test]
    public async Task Where_many_come_back_at_once_the_next_one_waits_for_a_place()
    {
        var gate = new ConnectionGate(new GatewayLimits { MaxStrangers = 1, StrangerPatience = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        var here = IPAddress.Parse("192.0.2.1");
        var first = (await gate.EnterAsync(here, default))!;
        using var gone = new CancellationTokenSource();

        var (second, impatient) = (gate.EnterAsync(here, default), gate.EnterAsync(here, gone.Token));
        Assert.That(second.IsCompleted, Is.False);
        await gone.CancelAsync();
        Assert.That(() => impatient, Throws.InstanceOf<OperationCanceledException>());
        first.Known();

        Assert.That(await second, Is.Not.Null);
    }

    [Test]
    public async Task A_silent_one_gives_its_place_to_the_next_and_one_with_a_token_does_not()
    {
        var gate = new ConnectionGate(new GatewayLimits { MaxStrangers = 2, StrangerGrace = TimeSpan.Zero, StrangerPatience = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        var here = IPAddress.Parse("192.0.2.1");
        var (known, silent) = ((await gate.EnterAsync(here, default))!, (await gate.EnterAsync(here, default))!);
        known.Known();
        var third = (await gate.EnterAsync(here, default))!;

        var next = gate.EnterAsync(here, default);
        await silent.Hurried;
        silent.Dispose();

        Assert.That(await next, Is.Not.Null);
        Assert.That((known.Hurried.IsCompleted, third.Hurried.IsCompleted), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Where_the_newcomer_is_silent_too_nobody_else_gives_its_place()
    {
        var gate = new ConnectionGate(new GatewayLimits { MaxStrangers = 1, StrangerGrace = TimeSpan.Zero, StrangerPatience = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        var here = IPAddress.Parse("192.0.2.1");
        var first = (await gate.EnterAsync(here, default))!;
        var next = gate.EnterAsync(here, default);
        await first.Hurried;
        first.Dispose();
        var newcomer = (await next)!;

        Assert.That(await gate.EnterAsync(here, default), Is.Null);
        Assert.That(newcomer.Hurried.IsCompleted, Is.False);
    }

    [TestCase(5, 1)]
    [TestCase(20, 1)]
    [TestCase(20, 3)]
    public void A_reply_that_grows_in_a_burst_is_told_whole_and_in_order_however_its_parts_are_taken_together(int parts, int each)
    {
        var (run, heard) = (new StreamedRun(), "");
        for (var part = 0; part < parts; part++)
        {
            Assert.That(run.Add(new ReplyGrowth(Guid.Empty, Guid.Empty, "run", "agent:a:main", heard.Length, $"{part} ")), Is.True);
            heard += $"{part} ";
            if (part % each == 0)
            {
                Assert.That(run.Take()!.Text, Is.EqualTo(heard));
            }
        }

        var rest = run.Complete(heard + "end");
        Assert.That(rest!.Text, Is.EqualTo(heard + "end"));
        Assert.That(rest.Delta, Does.EndWith("end"));
        Assert.That(rest.Replace, Is.Null);
        Assert.That((run.Take(), run.Complete(heard + "end")), Is.EqualTo(((TextDelta?)null, (TextDelta?)null)));
    }

    [Test]
    public void A_reply_that_begins_anew_replaces_what_was_told()
    {
        var run = new StreamedRun();
        run.Add(new ReplyGrowth(Guid.Empty, Guid.Empty, "run", "agent:a:main", 0, "wrong"));
        run.Take();
        run.Add(new ReplyGrowth(Guid.Empty, Guid.Empty, "run", "agent:a:main", 0, "ri"));
        run.Add(new ReplyGrowth(Guid.Empty, Guid.Empty, "run", "agent:a:main", 2, "ght"));

        var told = run.Take()!;

        Assert.That((told.Text, told.Delta, told.Replace), Is.EqualTo(("right", "right", (bool?)true)));
        Assert.That(run.Add(new ReplyGrowth(Guid.Empty, Guid.Empty, "run", "agent:a:main", 9, "late")), Is.False, "A part between was not heard.");
        Assert.That(run.Complete("right on")!.Delta, Is.EqualTo(" on"));
    }

    [Test]
    public async Task Requests_of_a_connection_are_bounded_in_number_and_in_bytes()
    {
        var room = new RequestRoom(new GatewayLimits { MaxRequests = 3, MaxUnderWay = 256 * 1024 });

        var large = await room.EnterAsync(25 * 1024 * 1024, default);
        var small = room.EnterAsync(10, default);
        Assert.That(small.IsCompleted, Is.False, "A large one is alone.");
        large.Dispose();
        var places = new List<IDisposable> { await small, await room.EnterAsync(10, default), await room.EnterAsync(10, default) };
        var fourth = room.EnterAsync(10, default);
        Assert.That(fourth.IsCompleted, Is.False, "Three at a time.");
        places[0].Dispose();
        (await fourth).Dispose();
    }

    private static readonly Func<GatewayParams, IEnumerable<string?>>[] Readers =
    [
        given => [given.OptionalText("message", 262_144)],
        given => [given.Filled("sessionKey")],
        given => [given.Said("text", 1_000)],
        given => given.Texts("scopes"),
        given => given.Uuids("ids", 10).Select(id => id.ToString()),
        given => [given.Number("limit", 1, 0, 100).ToString()],
        given => [given.Flag("patch", true).ToString()],
        given => [given.Instant("before", TimeZoneInfo.Utc).ToString()],
        given => [given.Nested("client", "id", "version")?.OptionalText("id")],
        given => [given.Object("metadata")?.ValueKind.ToString()],
    ];

    private static IEnumerable<string?> Same(ConnectRequest request) => [
        request.Client.DisplayName, request.Client.InstanceId, request.Client.Version, request.Proof?.Id, request.Proof?.Signature, request.Proof?.Nonce,
        .. request.Scopes, .. request.Offer.Commands, .. request.Offer.Caps, .. request.Offer.Permissions.Keys,
    ];

    private static bool Holds(Func<IEnumerable<string?>> read)
    {
        try
        {
            return read().All(text => text is null || (ForeignText.IsWhole(text) && text.Length <= 262_144));
        }
        catch (GatewayException refusal)
        {
            return refusal.Message.Length < 500 && ForeignText.IsLine(refusal.Message);
        }
    }

    // Deeper than a frame may be it is not even parsed.
    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
