using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>A database as it is reached.</summary>
/// <param name="ConnectionString">For Npgsql.</param>
/// <param name="DeclaresPooler">Its URL says that it leads through a pooler in transaction mode (<c>pgbouncer=true</c>).</param>
/// <param name="Warnings">What the URL says and nothing here acts on, each as a sentence without the variable's name.</param>
internal sealed record DatabaseAddress(string ConnectionString, bool DeclaresPooler, IReadOnlyList<string> Warnings);

/// <summary>
/// Turns <c>postgresql://user:password@host:port,host:port/database?sslmode=…</c> into Npgsql's connection string: libpq's
/// form, as providers' consoles show it and as libraries of other languages extend it.
/// </summary>
/// <remarks>
/// Not read as a URI of .NET, which knows neither several hosts nor the raw <c>@</c>, <c>/</c> and <c>#</c> of passwords that
/// people paste: everything up to the last <c>@</c> before the <c>?</c> is user and password. No message holds any of that.
/// </remarks>
internal static class DatabaseUrl
{
    public const string Shape = "postgresql://user:password@host:port/database, with special characters in user and password percent-encoded";

    private const string Jdbc = "jdbc:";

    public static bool TryParse(string text, [NotNullWhen(true)] out DatabaseAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        var url = Unquote(text.Trim());
        if (url.StartsWith(Jdbc, StringComparison.OrdinalIgnoreCase))
        {
            url = url[Jdbc.Length..];
        }

        if (url.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var colon) || !IsPostgres(url[..colon]))
        {
            problem = "it is not such a URL.";
            return false;
        }

        problem = Read(url[(colon + 3)..], out address);
        return problem is null;
    }

    /// <summary>Where a connection string leads, for logs.</summary>
    public static string Place(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{Hosts(connection)}/{connection.Database}";
    }

    /// <summary>Its hosts, with their ports.</summary>
    public static string Hosts(NpgsqlConnectionStringBuilder connection) => connection.Host is { } hosts && hosts.Contains(',') && hosts.Contains(':')
        ? hosts
        : $"{connection.Host}:{connection.Port}";

    private static string Unquote(string text) => text is ['"', .., '"'] or ['\'', .., '\''] ? text[1..^1].Trim() : text;

    // With the driver that SQLAlchemy names behind a plus; Laravel's, Django's and Rails's own names.
    private static bool IsPostgres(string scheme) => scheme.Split('+')[0].ToLowerInvariant() is "postgresql" or "postgres" or "pgsql" or "postgis" or "psql";

    private static string? Read(string rest, out DatabaseAddress? address)
    {
        address = null;
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var (place, query) = question < 0 ? (rest, "") : (rest[..question], rest[(question + 1)..]);
        if (query.Contains('@') && !place.StartsWith('/'))
        {
            return "an @ stands behind its ?. Write them as %40 and %3F where they belong to the password or to a parameter.";
        }

        var at = place.LastIndexOf('@');
        var credentials = (at < 0 ? "" : place[..at]).Split(':', 2);
        var path = place[(at + 1)..].Split('/', 2);
        var database = path.Length > 1 ? path[1].Trim('/') : "";
        if (database.Contains('/'))
        {
            return "its path is more than the name of a database.";
        }

        var parameters = new DatabaseParameters();
        var problem = DatabaseHosts.Read(path[0], parameters)
            ?? parameters.Set("user", Uri.UnescapeDataString(credentials[0]))
            ?? parameters.Set("password", credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : "")
            ?? parameters.Set("dbname", Uri.UnescapeDataString(database))
            ?? ReadQuery(query, parameters);
        return problem ?? parameters.Build(out address);
    }

    private static string? ReadQuery(string query, DatabaseParameters parameters) => query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(parameter => parameter.Split('=', 2) is [var name, var value]
            ? parameters.Set(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value))
            : "what follows its ? is not name=value, with & between them.")
        .FirstOrDefault(problem => problem is not null);
}
