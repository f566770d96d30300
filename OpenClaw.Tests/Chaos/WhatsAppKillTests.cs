using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>The process is killed at each point of a message's way to Twilio: it is never lost, and arrives once.</summary>
public sealed class WhatsAppKillTests
{
    private const string BeforeTheAnswer = "before the answer";

    [TestCase("Claimed:send")]
    [TestCase(BeforeTheAnswer)]
    [TestCase("Executed:send")]
    [TestCase("Checkpointed:send")]
    [TestCase("Executed:record")]
    public async Task A_notice_survives_a_kill_and_arrives_once(string point)
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var twilio = await TwilioStandIn.StartAsync();

        // West of Greenwich, where a moment of Twilio's that is not taken as UTC would be too old to be ours.
        await using var service = new ServiceProcess(database, [.. WhatsAppBench.Settings(twilio.Address), ("TZ", "America/New_York")]);
        if (point == BeforeTheAnswer)
        {
            twilio.AcceptAndHangUp(service.KillAsync);
        }

        await service.StartAsync(killAt: point);
        await service.ProvisionAsync("mira");
        Assert.That(await service.EndAsync(), Is.EqualTo(137));
        await service.StartAsync();

        await Eventually.That(
            () => database.TextAsync("SELECT concat_ws(' ', m.state, n.state) FROM openclaw.whatsapp_messages m, openclaw_system.notifications n WHERE n.id = ANY (m.carries)"),
            Is.EqualTo("queued delivered"),
            TimeSpan.FromSeconds(60));
        Assert.That(twilio.Accepted.Select(text => text.Body), Is.EqualTo(new[] { "mira is up." }));
    }
}
