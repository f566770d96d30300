using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>The hosts of a database's URL: one, several with commas between them, or the directory of a Unix socket.</summary>
internal static partial class DatabaseHosts
{
    private const string Default = "localhost";
    private const int DefaultPort = 5432;
    private const string WrongPort = "its port is not a number from 1 to 65535.";
    private const string WrongHost = "its host is neither a name, nor an address (IPv6 in brackets), nor the directory of a Unix socket.";

    /// <summary>Reads <c>host:port,[::1]:port</c>. Returns null, or what is wrong.</summary>
    public static string? Read(string authority, DatabaseParameters parameters)
    {
        List<string> hosts = [], ports = [];
        foreach (var part in authority.Split(','))
        {
            var bracket = part.LastIndexOf(']');
            var colon = part.IndexOf(':', bracket + 1);
            hosts.Add(Uri.UnescapeDataString((colon < 0 ? part : part[..colon]).Trim('[', ']')));
            ports.Add(colon < 0 ? "" : part[(colon + 1)..]);
        }

        return parameters.Set("host", string.Join(',', hosts)) ?? parameters.Set("port", string.Join(',', ports));
    }

    /// <summary>Whether all of them are this machine.</summary>
    public static bool AreHere(string hosts) => hosts.Split(',').All(name => name.Length == 0 || name[0] == '/' || name.Equals(Default, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)));

    /// <summary>Puts them into a connection string, each host with its port, or all with one. Returns null, or what is wrong.</summary>
    public static string? Write(string hosts, string ports, NpgsqlConnectionStringBuilder connection)
    {
        var names = hosts.Split(',').Select(name => name.Length == 0 ? Default : ToAscii(name)).ToList();
        var numbers = ports.Split(',').Select(ToPort).ToList();
        if (names.Contains(null))
        {
            return WrongHost;
        }

        if (numbers.Contains(null))
        {
            return WrongPort;
        }

        if (numbers.Count > 1 && numbers.Count != names.Count)
        {
            return "it has more ports than hosts, or fewer.";
        }

        if (numbers.Distinct().Count() == 1)
        {
            connection.Host = string.Join(',', names.Select(name => names.Count > 1 ? Bracketed(name!) : name));
            connection.Port = numbers[0]!.Value;
            return null;
        }

        if (names.Exists(name => name!.StartsWith('/')))
        {
            return "of several hosts one is the directory of a Unix socket; then all must have the same port.";
        }

        connection.Host = string.Join(',', names.Zip(numbers, (name, port) => $"{Bracketed(name!)}:{port}"));
        return null;
    }

    private static string Bracketed(string host) => host.Contains(':') && !host.StartsWith('/') ? $"[{host}]" : host;

    private static int? ToPort(string text) => text.Length == 0
        ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;

    private static string? ToAscii(string host)
    {
        if (host.StartsWith('/') || HostPattern().IsMatch(host) || IPAddress.TryParse(host, out _))
        {
            return host;
        }

        try
        {
            var ascii = new IdnMapping().GetAscii(host);
            return HostPattern().IsMatch(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // With the underscore of names in a compose file.
    [GeneratedRegex("^[A-Za-z0-9._-]{1,253}$", RegexOptions.CultureInvariant)]
    private static partial Regex HostPattern();
}
