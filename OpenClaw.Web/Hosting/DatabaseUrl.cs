using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>Turns <c>postgresql://user:password@host:port/database?sslmode=…</c> into Npgsql's connection string.</summary>
internal static class DatabaseUrl
{
    public const string Shape = "postgresql://user:password@host:port/database, with special characters in user and password percent-encoded";

    private const int DefaultPort = 5432;

    // libpq's names, which URLs carry, and Npgsql's.
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["host"] = "Host",
        ["options"] = "Options",
        ["port"] = "Port",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslmode"] = "SSL Mode",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
    };

    /// <summary>The problem never holds the URL or a part of it that could be a secret.</summary>
    public static bool TryParse(string url, out string connectionString, [NotNullWhen(false)] out string? problem)
    {
        connectionString = "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgresql" or "postgres"))
        {
            problem = "it is not such a URL.";
            return false;
        }

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.IdnHost.Trim('[', ']') : "localhost",
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
        };
        problem = ReadCredentials(uri, connection) ?? ReadParameters(uri, connection);
        connectionString = connection.ConnectionString;
        return problem is null;
    }

    /// <summary>Where a connection string leads, for logs.</summary>
    public static string Place(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{connection.Host}:{connection.Port}/{connection.Database}";
    }

    private static string? ReadCredentials(Uri uri, NpgsqlConnectionStringBuilder connection)
    {
        var credentials = uri.UserInfo.Split(':', 2);
        var database = uri.AbsolutePath.TrimStart('/');
        if (credentials[0].Length > 0)
            connection.Username = Uri.UnescapeDataString(credentials[0]);
        if (credentials.Length > 1)
            connection.Password = Uri.UnescapeDataString(credentials[1]);
        if (database.Contains('/'))
            return "its path is more than the name of a database.";
        if (database.Length > 0)
            connection.Database = Uri.UnescapeDataString(database);
        else if (connection.Username is null)
            return "it names no database.";

        return null;
    }

    private static string? ReadParameters(Uri uri, NpgsqlConnectionStringBuilder connection)
    {
        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (parameter, "");
            if (!Parameters.TryGetValue(name, out var keyword))
                return $"its parameter \"{name}\" is not one of {string.Join(", ", Parameters.Keys)}.";

            try
            {
                connection[keyword] = name == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
            catch (ArgumentException)
            {
                return $"its parameter \"{name}\" has a value that is not allowed.";
            }
        }

        return null;
    }
}
