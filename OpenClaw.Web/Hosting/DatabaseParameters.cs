using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>
/// The parameters of a database's URL. Those of libpq that Npgsql has are used; what changes nothing here is named in a
/// warning, for consoles and ORMs add their own; what asks for something that would not be given is refused.
/// </summary>
internal sealed partial class DatabaseParameters
{
    private const string Service = "the service";

    // Libpq's, and node-postgres's last one.
    private static readonly (string Name, SslMode Mode)[] SslModes =
    [
        ("disable", SslMode.Disable), ("allow", SslMode.Allow), ("prefer", SslMode.Prefer), ("require", SslMode.Require), ("verify-ca", SslMode.VerifyCA), ("verify-full", SslMode.VerifyFull),
        ("no-verify", SslMode.Require),
    ];

    // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS; then what other libraries call the same.
    private static readonly Dictionary<string, Func<DatabaseParameters, string, string?>> Used = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = (all, value) => Keep(ref all._hosts, value),
        ["hostaddr"] = (all, value) => Keep(ref all._hosts, value),
        ["port"] = (all, value) => Keep(ref all._ports, value),
        ["user"] = (all, value) => Do(() => all._connection.Username = value.Length > 0 ? value : null),
        ["password"] = (all, value) => Do(() => all._connection.Password = value.Length > 0 ? value : null),
        ["dbname"] = (all, value) => Do(() => all._connection.Database = value.Length > 0 ? value : null),
        ["passfile"] = (all, value) => Do(() => all._connection.Passfile = value),
        ["application_name"] = (all, value) => Do(() => all._connection.ApplicationName = value),
        ["fallback_application_name"] = (all, value) => Do(() => all._connection.ApplicationName ??= value),
        ["options"] = (all, value) => Do(() => all._connection.Options = value),
        ["connect_timeout"] = (all, value) => Number(value, 0, 1024, seconds => all._connection.Timeout = seconds),
        ["client_encoding"] = (_, value) => OneOf(value, _ => { }, ("utf8", 0), ("utf-8", 0), ("auto", 0)),
        ["sslmode"] = (all, value) => OneOf(value, all.AskFor, SslModes),
        ["ssl"] = (all, value) => OneOf<SslMode>(value, all.AskFor, [("true", SslMode.Require), ("1", SslMode.Require), ("false", SslMode.Disable), ("0", SslMode.Disable), .. SslModes]),
        ["requiressl"] = (all, value) => OneOf(value, all.AskFor, ("1", SslMode.Require), ("0", SslMode.Prefer)),
        ["sslaccept"] = (all, value) => OneOf(value, all.AskFor, ("strict", SslMode.VerifyFull), ("accept_invalid_certs", SslMode.Prefer)),
        ["sslrootcert"] = (all, value) => value == "system" ? Do(() => all.AskFor(SslMode.VerifyFull)) : File(value, () => all._connection.RootCertificate = value),
        ["sslcert"] = (all, value) => File(value, () => all._connection.SslCertificate = value),
        ["sslkey"] = (all, value) => File(value, () => all._connection.SslKey = value),
        ["sslpassword"] = (all, value) => Do(() => all._connection.SslPassword = value),
        ["sslnegotiation"] = (all, value) => OneOf(value, chosen => all._connection.SslNegotiation = chosen, ("postgres", SslNegotiation.Postgres), ("direct", SslNegotiation.Direct)),
        ["channel_binding"] = (all, value) => OneOf(
            value, chosen => all._connection.ChannelBinding = chosen, ("disable", ChannelBinding.Disable), ("prefer", ChannelBinding.Prefer), ("require", ChannelBinding.Require)),
        ["gssencmode"] = (all, value) => OneOf(
            value, chosen => all._connection.GssEncryptionMode = chosen, ("disable", GssEncryptionMode.Disable), ("prefer", GssEncryptionMode.Prefer), ("require", GssEncryptionMode.Require)),
        ["krbsrvname"] = (all, value) => Do(() => all._connection.KerberosServiceName = value),
        ["require_auth"] = (all, value) => Methods(value, methods => all._connection.RequireAuth = methods),
        ["keepalives"] = (all, value) => OneOf(value, chosen => all._connection.TcpKeepAlive = chosen, ("1", true), ("0", false)),
        ["keepalives_idle"] = (all, value) => Number(value, 0, 86_400, seconds => all._connection.TcpKeepAliveTime = seconds),
        ["keepalives_interval"] = (all, value) => Number(value, 0, 86_400, seconds => all._connection.TcpKeepAliveInterval = seconds),
        ["load_balance_hosts"] = (all, value) => OneOf(value, chosen => all._connection.LoadBalanceHosts = chosen, ("disable", false), ("random", true)),

        // Whichever is said, a server that only reads is of no use.
        ["target_session_attrs"] = (_, value) => OneOf(value, _ => { }, ("any", 0), ("read-write", 0), ("primary", 0)),
        ["pgbouncer"] = (all, value) => OneOf(value, chosen => all._pooler = chosen, ("true", true), ("1", true), ("false", false), ("0", false)),
    };

    private static readonly Dictionary<string, string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        ["service"] = "files of services are not read; write out what the file says",
        ["servicefile"] = "files of services are not read; write out what the file says",
        ["sslcrl"] = "revoked certificates are not looked up in a file",
        ["sslcrldir"] = "revoked certificates are not looked up in files",
        ["replication"] = $"{Service} does not replicate",
    };

    // As libpq calls them, and as Npgsql does.
    private static readonly Dictionary<string, string> AuthMethods = new(StringComparer.OrdinalIgnoreCase)
    {
        ["password"] = "Password",
        ["md5"] = "MD5",
        ["gss"] = "GSS",
        ["sspi"] = "SSPI",
        ["scram-sha-256"] = "ScramSHA256",
        ["none"] = "None",
    };

    // Where a warning can say more than that it is ignored.
    private static readonly Dictionary<string, string> Instead = new(StringComparer.OrdinalIgnoreCase)
    {
        ["schema"] = $"{Service} has schemas of its own",
        ["currentSchema"] = $"{Service} has schemas of its own",
        ["search_path"] = $"{Service} has schemas of its own",
        ["connection_limit"] = "DATABASE_POOL_SIZE says how many connections there are",
        ["pool_size"] = "DATABASE_POOL_SIZE says how many connections there are",
        ["max"] = "DATABASE_POOL_SIZE says how many connections there are",
    };

    private readonly NpgsqlConnectionStringBuilder _connection = new();
    private readonly List<string> _warnings = [];
    private string _hosts = "";
    private string _ports = "";
    private SslMode? _sslMode;
    private bool _pooler;

    /// <summary>Takes a parameter. Returns null, or what is wrong, without its value.</summary>
    public string? Set(string name, string value)
    {
        if (value.Any(char.IsControl))
        {
            return $"its {Shown(name)} holds a control character.";
        }

        if (Refused.TryGetValue(name, out var why))
        {
            return $"its parameter {Shown(name)} cannot be used: {why}.";
        }

        if (!Used.TryGetValue(name, out var use))
        {
            _warnings.Add($"its parameter {Shown(name)} is ignored{(Instead.TryGetValue(name, out var instead) ? $": {instead}" : "; it means nothing here")}.");
            return null;
        }

        try
        {
            return use(this, value) is { } allowed ? $"its parameter {Shown(name)} is not {allowed}." : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException)
        {
            return $"its parameter {Shown(name)} has a value that is not allowed.";
        }
    }

    /// <summary>All of them together. Returns null, or what is wrong.</summary>
    public string? Build(out DatabaseAddress? address)
    {
        address = null;
        if (DatabaseHosts.Write(_hosts, _ports, _connection) is { } problem)
        {
            return problem;
        }

        if (_connection is { Database: null, Username: null })
        {
            return "it names no database.";
        }

        // The password and all that agents say would go over the network for anybody to read, and to whoever answers.
        if (_sslMode is null && !DatabaseHosts.AreHere(_hosts))
        {
            _connection.SslMode = SslMode.VerifyFull;
        }

        if (_hosts.Contains(',', StringComparison.Ordinal))
        {
            _connection.TargetSessionAttributes = "read-write";
            _connection.HostRecheckSeconds = 2;
        }

        if (_connection is { TcpKeepAliveInterval: > 0, TcpKeepAliveTime: 0 })
        {
            _connection.TcpKeepAliveTime = _connection.TcpKeepAliveInterval;
        }

        try
        {
            // It connects to nothing yet, and checks what goes together.
            using var dataSource = NpgsqlDataSource.Create(_connection.ConnectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return "its parameters do not go together.";
        }

        address = new DatabaseAddress(_connection.ConnectionString, _pooler, [.. _warnings.Distinct()]);
        return null;
    }

    // A name that does not look like one may be a piece of something else.
    private static string Shown(string name) => NamePattern().IsMatch(name) ? $"\"{name}\"" : "whose name is unusual";

    private static string? OneOf<T>(string value, Action<T> use, params (string Name, T Value)[] choices)
    {
        if (Array.FindIndex(choices, choice => choice.Name.Equals(value, StringComparison.OrdinalIgnoreCase)) is not (>= 0 and var index))
        {
            return $"one of {string.Join(", ", choices.Select(choice => choice.Name))}";
        }

        use(choices[index].Value);
        return null;
    }

    private static string? Number(string value, int least, int most, Action<int> use)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            return $"a whole number from {least} to {most}";
        }

        use(number);
        return null;
    }

    // Several with commas between them; all with a ! in front are those that are not allowed.
    private static string? Methods(string value, Action<string> use)
    {
        var asked = value.Split(',').Select(method => method.Trim()).ToList();
        var not = asked[0].StartsWith('!') ? "!" : "";
        if (!asked.TrueForAll(method => method.StartsWith(not, StringComparison.Ordinal) && AuthMethods.ContainsKey(method[not.Length..])))
        {
            return $"one or more of {string.Join(", ", AuthMethods.Keys)} with commas between them, all or none with a ! in front";
        }

        use(string.Join(',', asked.Select(method => not + AuthMethods[method[not.Length..]])));
        return null;
    }

    private static string? File(string path, Action use)
    {
        if (!System.IO.File.Exists(path))
        {
            return "the path of a file that is there";
        }

        use();
        return null;
    }

    private static string? Keep(ref string kept, string value)
    {
        kept = value;
        return null;
    }

    private static string? Do(Action use)
    {
        use();
        return null;
    }

    // Of several that speak of encryption the one that asks for more counts.
    private void AskFor(SslMode mode)
    {
        if (_sslMode is not { } asked || mode > asked)
        {
            (_sslMode, _connection.SslMode) = (mode, mode);
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
