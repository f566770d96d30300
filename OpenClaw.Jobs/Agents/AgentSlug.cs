using System.Text;

namespace OpenClaw.Jobs.Agents;

/// <summary>Makes an agent's unique session key from its name.</summary>
public static class AgentSlug
{
    private const int MaxNamePart = 40;

    /// <summary><c>agent:web:{slug}</c>: the name in plain letters, and enough of the id to be unique.</summary>
    public static string SessionKey(string name, Guid id)
    {
        var slug = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == MaxNamePart)
            {
                break;
            }
        }

        // The last twelve digits of a version 7 id are random.
        var part = slug.ToString().Trim('-');
        return $"{AgentNames.OwnConversation}{(part.Length == 0 ? "agent" : part)}-{id.ToString("N")[^12..]}";
    }
}
