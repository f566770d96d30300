using System.Text;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Tests.Gateway;

public sealed class NodeNewsTests
{
    [TestCase("a")]
    [TestCase("é")]
    [TestCase("助")]
    [TestCase("\ud83d\ude00")]
    [TestCase("\"")]
    public void The_longest_part_of_a_reply_fits_into_a_notification_in_any_script(string letter)
    {
        var (part, name) = (string.Concat(Enumerable.Repeat(letter, LiveReply.MaxDelta / letter.Length)), string.Concat(Enumerable.Repeat(letter, 255 / letter.Length)));

        var news = NodeNews.NewsOf("host:18789", new ReplyGrowth(Guid.NewGuid(), Guid.NewGuid(), name, name, 262_144, part));

        Assert.That(Encoding.UTF8.GetByteCount(news), Is.LessThanOrEqualTo(NodeNews.MaxNews));
    }
}
