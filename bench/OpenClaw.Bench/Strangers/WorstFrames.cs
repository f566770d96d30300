using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenClaw.Bench.Strangers;

/// <summary>The first frames that cost the most of those that a stranger may send: 64 KiB each, and looked at as far as that goes.</summary>
internal static class WorstFrames
{
    private const int MaxFrame = 64 * 1024;

    public static IReadOnlyList<byte[]> All { get; } =
    [
        // Looked up as a key, in the database.
        Connect($$"""{"token":"ock_{{new string('a', 12)}}_{{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}}"}""", ""),

        // As many properties as there is room for, none of which it knows.
        Connect("""{"token":"wrong"}""", string.Concat(Enumerable.Range(0, 5_000).Select(number => $",\"x{number:D5}\":1"))),

        // As many scopes.
        Connect("""{"token":"wrong"}""", $",\"scopes\":[{string.Join(',', Enumerable.Repeat("\"operator.x\"", 4_000))}]"),

        // No connect, with a name that is quoted.
        Fill("""{"type":"req","id":"1","method":"health","params":{},"FILL":1}"""),

        // Deep, and no JSON at its end.
        Encoding.UTF8.GetBytes(new string('[', MaxFrame)),
        Encoding.UTF8.GetBytes("{\"a\":" + string.Concat(Enumerable.Repeat("[1,", MaxFrame / 4))),

        // Escapes, each of which becomes a character.
        Fill("""{"type":"req","id":"1","method":"connect","params":{"client":{"id":"FILL"}}}""", "\\ud83d\\ude00"),
    ];

    private static byte[] Connect(string auth, string more) => Cut(
        """{"type":"req","id":"1","method":"connect","params":{"minProtocol":3,"maxProtocol":4,"client":{"id":"cli","version":"1","platform":"linux","mode":"cli"},"auth":"""
        + auth + more + "}}");

    private static byte[] Fill(string frame, string with = "x") => Cut(frame.Replace("FILL", string.Concat(Enumerable.Repeat(with, (MaxFrame - frame.Length) / with.Length)), StringComparison.Ordinal));

    private static byte[] Cut(string frame)
    {
        var bytes = Encoding.UTF8.GetBytes(frame);
        return bytes.Length <= MaxFrame ? bytes : throw new InvalidOperationException($"A first frame has {bytes.Length} bytes, which is refused by its length alone.");
    }
}
