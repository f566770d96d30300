using OpenClaw.Jobs.Notifications;

namespace OpenClaw.Jobs.WhatsApp;

/// <summary>Cuts a long text into messages, at the end of a line or a word where there is one.</summary>
public static class TextParts
{
    /// <summary>At least one part; what is left after so many is cut off.</summary>
    public static IReadOnlyList<string> Split(string text, int room, int most)
    {
        var parts = new List<string>();
        while (text.Length > room && parts.Count < most - 1)
        {
            var end = EndOf(text, room);
            parts.Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        return [.. parts, NoticeTexts.Shorten(text, room)];
    }

    private static int EndOf(string text, int room)
    {
        // A line that leaves more than half of the room empty is no good place.
        foreach (var separator in (char[])['\n', ' '])
        {
            if (text.LastIndexOf(separator, room - 1) is var at && at > room / 2)
            {
                return at;
            }
        }

        return char.IsHighSurrogate(text[room - 1]) ? room - 1 : room;
    }
}
