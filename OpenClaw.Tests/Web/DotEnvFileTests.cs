using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Web;

public sealed class DotEnvFileTests
{
    [TestCase("A=1", "1")]
    [TestCase("  export A = 1  ", "1")]
    [TestCase("A=", "")]
    [TestCase("A=one # a comment", "one")]
    [TestCase("A=with#hash", "with#hash")]
    [TestCase("A=b=c", "b=c")]
    [TestCase("A='it # is' # a comment", "it # is")]
    [TestCase("A=\"two\\nlines \\\"quoted\\\" # not a comment\"", "two\nlines \"quoted\" # not a comment")]
    [TestCase("A=1\r\nA=2\r\n", "2")]
    [TestCase("# A=0\n\nnonsense\nA=1", "1")]
    public void A_value_is_read_as_a_shell_would(string content, string value) =>
        Assert.That(DotEnvFile.Parse(content), Is.EqualTo(new Dictionary<string, string?> { ["A"] = value }));
}
