using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Tests.ForeignInput;

/// <summary>What JSON can spell and no text may hold, and what JSON PostgreSQL would blow up.</summary>
public sealed class ForeignJsonTests
{
    [TestCase("""{"a":"plain \\ \" \n \u00e4 \ud83d\ude00"}""", null)]
    [TestCase("""{"a":"\u0000"}""", """{"a":"\ufffd"}""")]
    [TestCase("""{"a":"half \ud83d"}""", """{"a":"half \ufffd"}""")]
    [TestCase("""{"a":"\ude00 other half"}""", """{"a":"\ufffd other half"}""")]
    [TestCase("""{"a":"\ud83d\ud83d\ude00"}""", """{"a":"\ufffd\ud83d\ude00"}""")]
    [TestCase("""{"a":"\ud83d\\ude00"}""", """{"a":"\ufffd\\ude00"}""")]
    [TestCase("""{"a":"\\u0000 \\\u0000"}""", """{"a":"\\u0000 \\\ufffd"}""")]
    [TestCase("""{"\uDBFF":{"\ud800":"x"}}""", """{"\ufffd":{"\ufffd":"x"}}""")]
    [TestCase("""["\ud83d\u0041"]""", """["\ufffd\u0041"]""")]
    public void Escapes_that_spell_NUL_or_half_of_a_character_are_replaced_in_place(string json, string? mended)
    {
        var bytes = Encoding.UTF8.GetBytes(json);

        var count = ForeignJson.Mend(bytes);

        Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(mended ?? json));
        Assert.That(count > 0, Is.EqualTo(mended is not null));
    }

    [Test]
    public void Whatever_is_mended_can_be_read_kept_and_is_as_long_as_before() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(
            Gen.Elements("\\u0000", "\\ud83d", "\\ude00", "\\uD83D", "\\\\", "\\\"", "\\n", "x", "ä", "\\u00e4", "\ud83d\ude00", "u0000").ListOf(8).Select(string.Concat).ToArbitrary(),
            text =>
            {
                var bytes = Encoding.UTF8.GetBytes($"{{\"{text}\":[\"{text}\"]}}");
                var length = bytes.Length;
                ForeignJson.Mend(bytes);
                var json = JsonSerializer.Deserialize<JsonElement>(bytes);
                return bytes.Length == length && ForeignJson.IsWhole(json) && json.EnumerateObject().All(member => ForeignText.IsWhole(member.Name));
            }));

    [TestCase("\"half \\ud83d\"", "half \ufffd")]
    [TestCase("\"NUL \\u0000\"", "NUL \ufffd")]
    [TestCase("\"whole \\ud83d\\ude00\"", "whole \ud83d\ude00")]
    [TestCase("5", null)]
    [TestCase("null", null)]
    public void A_text_is_read_whatever_it_spells(string json, string? text) =>
        Assert.That(ForeignJson.Text(JsonSerializer.Deserialize<JsonElement>(json)) is { } read ? ForeignText.Clean(read) : null, Is.EqualTo(text));

    [TestCase("\"auto\"", "auto", true)]
    [TestCase("\"\\u0061uto\"", "auto", true)]
    [TestCase("\"autos\"", "auto", false)]
    [TestCase("\"\\ude00 a\"", "auto", false)]
    [TestCase("\"half \\ud83d\"", "half \ufffd", false)]
    [TestCase("\"\\u0000\"", "", false)]
    [TestCase("5", "5", false)]
    [TestCase("null", "null", false)]
    [TestCase("[]", "", false)]
    public void A_word_is_compared_whatever_stands_there(string json, string word, bool isIt) =>
        Assert.That(ForeignJson.Is(JsonElement.Parse(json), word), Is.EqualTo(isIt));

    [TestCase("""{"n":1e131000}""", false, TestName = "A number of 131,001 digits is refused")]
    [TestCase("""{"n":1e-131000}""", false, TestName = "A number of 131,001 digits behind the point is refused")]
    [TestCase("""{"n":1E+99999999999999999999}""", false, TestName = "An exponent that is no number of ours is refused")]
    [TestCase("""{"n":1.7976931348623157e308}""", true, TestName = "The largest double is kept")]
    [TestCase("""{"n":-4.9406564584124654E-324}""", true, TestName = "The smallest double is kept")]
    [TestCase("""{"n":[0,-1,1.5,1e3,9007199254740993]}""", true, TestName = "Usual numbers are kept")]
    [TestCase("""{"a":"\ud800"}""", false, TestName = "Half of a character is refused")]
    [TestCase("""{"a":"\u0000"}""", false, TestName = "NUL is refused")]
    [TestCase("""{"a":"\\u0000"}""", true, TestName = "A backslash before u0000 is kept")]
    [TestCase("""{"\udc00":1}""", false, TestName = "Half of a character in a name is refused")]
    [TestCase("""{"\u0000":1}""", false, TestName = "NUL in a name is refused")]
    [TestCase("[]", false, TestName = "A list is refused")]
    [TestCase("{}", true, TestName = "An empty object is kept")]
    public void A_callers_own_json_is_judged_as_it_would_be_stored(string json, bool isStorable) =>
        Assert.That(JsonRules.IsStorableObject(JsonSerializer.Deserialize<JsonElement>(json)), Is.EqualTo(isStorable));

    [TestCase(32, true)]
    [TestCase(33, false)]
    [TestCase(62, false)]
    public void It_may_be_32_levels_deep(int levels, bool isStorable)
    {
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
        var lists = "{\"a\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}";

        Assert.That(new[] { objects, lists }.Select(json => JsonRules.IsStorableObject(JsonSerializer.Deserialize<JsonElement>(json))), Is.All.EqualTo(isStorable));
    }

    [Test]
    public void Many_small_numbers_that_are_long_written_out_are_refused_together()
    {
        var few = $"{{\"n\":[{string.Join(',', Enumerable.Repeat("1e300", 200))}]}}";
        var many = $"{{\"n\":[{string.Join(',', Enumerable.Repeat("1e300", 300))}]}}";
        var values = $"{{\"n\":[{string.Join(',', Enumerable.Repeat("1", 10_000))}]}}";

        Assert.That(new[] { few, many, values }.Select(json => JsonRules.IsStorableObject(JsonSerializer.Deserialize<JsonElement>(json))), Is.EqualTo(new[] { true, false, false }));
    }
}
