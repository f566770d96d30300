using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.Devices;

namespace OpenClaw.Tests.Gateway;

/// <summary>The proof of a device, without a service.</summary>
public sealed class DeviceProofTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_000);
    private static readonly byte[] Key = DeviceKey.Create();
    private static readonly string PublicKey = DeviceKey.PublicKeyOf(Key);
    private static readonly SignedConnect Connect = new("cli", "cli", "operator", ["operator.read", "operator.write"], "secret", "MacOS ", "Mac");

    [TestCase(2)]
    [TestCase(3)]
    public void Both_texts_that_clients_sign_are_understood(int version) =>
        Assert.That(Signed(Connect, version).FaultOf(Connect, "nonce", Now), Is.Null);

    [Test]
    public void What_is_signed_is_written_as_clients_write_it()
    {
        var proof = new DeviceProof("id", PublicKey, "", 17, "nonce");

        Assert.That(Connect.Text(2, proof), Is.EqualTo("v2|id|cli|cli|operator|operator.read,operator.write|17|secret|nonce"));
        Assert.That(Connect.Text(3, proof), Is.EqualTo("v3|id|cli|cli|operator|operator.read,operator.write|17|secret|nonce|macos|mac"));
        Assert.That((Connect with { Scopes = [], Token = "", Platform = "LİNUX", DeviceFamily = null }).Text(3, proof), Is.EqualTo("v3|id|cli|cli|operator||17||nonce|lİnux|"));
    }

    [Test]
    public void A_key_and_its_id_are_those_of_others()
    {
        // The first test vector of RFC 8032.
        var key = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

        Assert.That(DeviceKey.PublicKeyOf(key), Is.EqualTo("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
        Assert.That(DeviceKey.Sign(key, ""), Is.EqualTo("5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw"));
        Assert.That(DeviceKey.IdOf("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"), Is.EqualTo("21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9"));
        Assert.That(DeviceKey.IdOf("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="), Is.EqualTo(DeviceKey.IdOf("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")), "plain base64");
    }

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { Id = new string('0', 64) }), "DEVICE_AUTH_DEVICE_ID_MISMATCH", "device-id-mismatch");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { PublicKey = "no key" }), "DEVICE_AUTH_DEVICE_ID_MISMATCH", "device-id-mismatch");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { SignedAt = proof.SignedAt - 120_001 }), "DEVICE_AUTH_SIGNATURE_EXPIRED", "device-signature-stale");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { SignedAt = proof.SignedAt + 120_001 }), "DEVICE_AUTH_SIGNATURE_EXPIRED", "device-signature-stale");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { SignedAt = 9_007_199_254_740_991 }), "DEVICE_AUTH_SIGNATURE_EXPIRED", "device-signature-stale");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { Nonce = " " }), "DEVICE_AUTH_NONCE_REQUIRED", "device-nonce-missing");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { Nonce = "another" }), "DEVICE_AUTH_NONCE_MISMATCH", "device-nonce-mismatch");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { SignedAt = proof.SignedAt + 1 }), "DEVICE_AUTH_SIGNATURE_INVALID", "device-signature");
        yield return new TestCaseData(new Func<DeviceProof, DeviceProof>(proof => proof with { Signature = "no signature" }), "DEVICE_AUTH_SIGNATURE_INVALID", "device-signature");
    }

    [TestCaseSource(nameof(Bad))]
    public void What_is_wrong_has_the_real_gateways_code(Func<DeviceProof, DeviceProof> spoil, string code, string reason)
    {
        var fault = spoil(Signed(Connect, 3)).FaultOf(Connect, "nonce", Now)!;

        Assert.That((fault.Code, fault.Reason), Is.EqualTo((code, reason)));
    }

    [Test]
    public void A_proof_is_good_for_what_was_signed_alone()
    {
        var proof = Signed(Connect, 3);
        SignedConnect[] others =
        [
            Connect with { Role = "node" }, Connect with { Scopes = ["operator.admin"] }, Connect with { Token = "" }, Connect with { ClientId = "test" },
            Connect with { ClientMode = "ui" }, Connect with { Platform = "linux" }, Connect with { DeviceFamily = "" },
        ];

        Assert.That(others.Select(other => proof.FaultOf(other, "nonce", Now)), Has.All.EqualTo(DeviceProofFault.SignatureInvalid));
    }

    [Test]
    public void Whatever_a_proof_says_it_is_refused_in_a_word_and_nothing_breaks() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll(Hostile().ToArbitrary(), proof => proof.FaultOf(Connect, "nonce", Now) is { Message.Length: < 50 }));

    [TestCase("operator", "operator.read", "operator.write", true)]
    [TestCase("operator", "operator.pairing", "operator.admin", true)]
    [TestCase("operator", "operator.write", "operator.read", false)]
    [TestCase("operator", "operator.pairing", "operator.write", false)]
    [TestCase("operator", "node.camera", "operator.admin", false)]
    [TestCase("node", "operator.read", "operator.read", false)]
    [TestCase("node", "node.camera", "node.camera", true)]
    public void Scopes_hold_what_they_imply_and_no_more(string role, string asked, string held, bool allowed) =>
        Assert.That(DeviceScopes.Allow(role, [asked], [held]), Is.EqualTo(allowed));

    [TestCase("camera.snap", false)]
    [TestCase("location.get", false)]
    [TestCase("system.which", false)]
    [TestCase("system.run", true)]
    [TestCase("file.write", true)]
    [TestCase("mcp.tools.call.v1", true)]
    [TestCase("what.nobody.knows", true)]
    public void Commands_of_nodes_that_do_more_than_look_are_for_admins(string command, bool needsAdmin) =>
        Assert.That(NodeOffer.NeedsAdmin(command), Is.EqualTo(needsAdmin));

    private static DeviceProof Signed(SignedConnect connect, int version)
    {
        var proof = new DeviceProof(DeviceKey.IdOf(PublicKey)!, PublicKey, "", Now.ToUnixTimeMilliseconds(), "nonce");
        return proof with { Signature = DeviceKey.Sign(Key, connect.Text(version, proof)) };
    }

    private static Gen<DeviceProof> Hostile()
    {
        var good = Signed(Connect, 3);
        var text = Gen.Elements("", " ", "nonce", "ä", "\ud800", "\0", "====", "-_-_", "+/+/", new string('A', 43), new string('A', 86), new string('x', 100_000), good.Id, good.PublicKey, "|");
        return from id in Gen.Frequency((3, Gen.Constant(good.Id)), (1, text))
               from key in Gen.Frequency((3, Gen.Constant(good.PublicKey)), (1, text))
               from signature in text
               from at in Gen.Elements(0L, good.SignedAt, long.MaxValue, long.MinValue, -1)
               from nonce in Gen.Frequency((3, Gen.Constant("nonce")), (1, text))
               select new DeviceProof(id, key, signature, at, nonce);
    }
}
