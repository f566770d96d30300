using System.Text;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace OpenClaw.Web.Hosting;

/// <summary>Reads a <c>.env</c> file: <c>NAME=value</c> lines, comments, quotes, and the shell's <c>export</c> before a name.</summary>
internal static class DotEnvFile
{
    /// <summary>Adds the file below the real environment, which wins over it. No file, no harm.</summary>
    public static void AddDotEnvFile(this IConfigurationBuilder configuration, string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var source = new MemoryConfigurationSource { InitialData = Parse(File.ReadAllText(path)) };
        var environment = configuration.Sources.OfType<EnvironmentVariablesConfigurationSource>().LastOrDefault(candidate => string.IsNullOrEmpty(candidate.Prefix));
        configuration.Sources.Insert(environment is null ? 0 : configuration.Sources.IndexOf(environment), source);
    }

    public static Dictionary<string, string?> Parse(string content)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var line in content.ReplaceLineEndings("\n").Split('\n'))
        {
            var text = line.Trim();
            if (text.StartsWith("export ", StringComparison.Ordinal))
            {
                text = text["export ".Length..].TrimStart();
            }

            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text[0] != '#')
            {
                settings[text[..equals].TrimEnd()] = Value(text[(equals + 1)..].TrimStart());
            }
        }

        return settings;
    }

    private static string Value(string text) => text switch
    {
        ['\'', .. var rest] when rest.IndexOf('\'', StringComparison.Ordinal) is >= 0 and var end => rest[..end],
        ['"', .. var rest] => Unescape(rest),
        _ => WithoutComment(text),
    };

    // Only a # after white space begins a comment: tokens and URLs hold the character themselves.
    private static string WithoutComment(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return text[..i].TrimEnd();
            }
        }

        return text.TrimEnd();
    }

    private static string Unescape(string text)
    {
        var value = new StringBuilder();
        for (var i = 0; i < text.Length && text[i] != '"'; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length;
            value.Append(escaped ? text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other } : text[i]);
        }

        return value.ToString();
    }
}
