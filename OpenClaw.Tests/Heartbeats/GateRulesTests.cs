using System.Net;
using System.Text.Json;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Outbound;

namespace OpenClaw.Tests.Heartbeats;

/// <summary>What a list of gates may be, in words that name what is wrong; and where the service does not connect to.</summary>
public sealed class GateRulesTests
{
    [TestCase("""[{"messages":1}]""")]
    [TestCase("""[{"every_seconds":60},{"every_seconds":2592000}]""")]
    [TestCase("""[{"file":"a/b.txt"},{"http":"https://example.com/x?y=1"},{"sql":"SELECT 1"}]""")]
    [TestCase("""[{"all":[{"messages":3},{"any":[{"file":"a"},{"file":"b"}]}]}]""")]
    public void Gates_are_taken(string gates)
    {
        Assert.That(GateRules.WhyNot(Configuration(gates)), Is.Null);
        Assert.That(GateRules.Of(Configuration(gates)), Is.Not.Null);
    }

    [TestCase("[]", "must be a list")]
    [TestCase("null", "must be a list")]
    [TestCase("""{"messages":1}""", "must be a list")]
    [TestCase("[null]", "no gate")]
    [TestCase("""["messages"]""", "no gate")]
    [TestCase("""[{"messages":1,"file":"a"}]""", "no gate")]
    [TestCase("""[{"weather":"sunny"}]""", "a gate that there is not")]
    [TestCase("""[{"messages":0}]""", "messages")]
    [TestCase("""[{"messages":"1"}]""", "messages")]
    [TestCase("""[{"messages":1.5}]""", "messages")]
    [TestCase("""[{"every_seconds":59}]""", "every_seconds")]
    [TestCase("""[{"every_seconds":1e99}]""", "every_seconds")]
    [TestCase("""[{"file":"/etc/passwd"}]""", "file")]
    [TestCase("""[{"file":"a/../../b"}]""", "file")]
    [TestCase("""[{"file":"a\u0000"}]""", "file")]
    [TestCase("""[{"sql":"SELECT 1; DROP TABLE x"}]""", "sql")]
    [TestCase("""[{"sql":" "}]""", "sql")]
    [TestCase("""[{"http":"ftp://example.com/"}]""", "http")]
    [TestCase("""[{"http":"https://user:word@example.com/"}]""", "http")]
    [TestCase("""[{"http":"example.com"}]""", "http")]
    [TestCase("""[{"all":[]}]""", "must be a list")]
    [TestCase("""[{"all":[{"all":[{"all":[{"all":[{"messages":1}]}]}]}]}]""", "deep")]
    [TestCase("""[{"file":"1"},{"file":"2"},{"file":"3"},{"file":"4"},{"file":"5"},{"any":[{"file":"6"},{"file":"7"},{"file":"8"},{"file":"9"},{"file":"10"},{"file":"11"}]}]""", "up to 10")]
    public void What_is_no_gate_is_refused_by_what_is_wrong(string gates, string words)
    {
        Assert.That(GateRules.WhyNot(Configuration(gates)), Does.StartWith("configuration.heartbeat_gates ").And.Contains(words));
    }

    [TestCase("93.184.215.14", true)]
    [TestCase("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [TestCase("::ffff:93.184.215.14", true)]
    [TestCase("127.0.0.1", false)]
    [TestCase("127.9.9.9", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("192.168.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::127.0.0.1", false)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    [TestCase("fd00::1", false)]
    [TestCase("fe80::1", false)]
    public void Addresses_of_one_s_own_networks_are_known(string address, bool isPublic) =>
        Assert.That(PublicAddresses.Contains(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    [TestCase("http://127.0.0.1:1/")]
    [TestCase("http://localhost:1/")]
    [TestCase("http://[::1]:1/")]
    public async Task Nothing_in_a_network_of_one_s_own_is_asked_that_no_setting_allows(string address)
    {
        await using var probes = new GateProbes(new GateSettings { Hosts = ["elsewhere.example"] });

        Assert.That(await probes.LookAsync(new HttpGate(new Uri(address)), default), Does.StartWith(GateProbes.Unseen).And.Contains("a network of one's own"));
    }

    private static JsonElement Configuration(string gates) => JsonElement.Parse($$"""{"heartbeat_gates":{{gates}}}""");
}
