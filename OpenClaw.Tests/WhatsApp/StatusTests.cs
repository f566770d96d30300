using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

public sealed class StatusTests
{
    [Test]
    public async Task Whatever_the_order_a_message_moves_on_and_never_back()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        string[][] stories = [["queued", "sent", "delivered", "read"], ["queued", "sent", "undelivered"], ["queued", "failed"]];
        var number = 0;
        await bench.Service.Database.ExecuteAsync($"INSERT INTO openclaw.contacts (number) VALUES ('{WhatsAppBench.Owner}')");
        foreach (var story in stories)
        {
            foreach (var order in Permutations(story))
            {
                var sid = $"SM-{++number}";
                await bench.Service.Database.ExecuteAsync(
                    $"INSERT INTO openclaw.whatsapp_messages (id, direction, contact, key, body, state, sid) VALUES (gen_random_uuid(), 'out', '{WhatsAppBench.Owner}', '{sid}', 'x', 'queued', '{sid}')");
                foreach (var status in order.Append(order[0]))
                {
                    await bench.TellAsync(sid, status);
                }

                Assert.That(await bench.TextAsync($"SELECT state FROM openclaw.whatsapp_messages WHERE sid = '{sid}'"), Is.EqualTo(story[^1]), string.Join(", ", order));
            }
        }
    }

    [Test]
    public async Task News_of_what_we_do_not_know_is_taken_without_a_word()
    {
        await using var bench = await WhatsAppBench.StartAsync();

        using var unknown = await bench.TellAsync("SM-unknown", "delivered");
        using var odd = await bench.TellAsync("SM-unknown", "sideways");

        Assert.That((unknown.IsSuccessStatusCode, odd.IsSuccessStatusCode), Is.EqualTo((true, true)));
        Assert.That(await bench.TextAsync("SELECT (SELECT count(*) FROM openclaw.whatsapp_messages) + (SELECT count(*) FROM openclaw.contacts) + (SELECT count(*) FROM openclaw_system.workflow_status WHERE name LIKE '%whatsapp%')"), Is.EqualTo("0"), "Nothing is written.");
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, index) => Permutations([.. items.Where((_, other) => other != index)]).Select(rest => (string[])[item, .. rest]));
}
