using Npgsql;

namespace OpenClaw.Tests.Support;

/// <summary>Converts between the two ways to name a database: postgresql:// and Npgsql's key=value.</summary>
public static class DatabaseUrl
{
    public static string ToConnectionString(string urlOrConnectionString)
    {
        if (!urlOrConnectionString.Contains("://", StringComparison.Ordinal))
        {
            return urlOrConnectionString;
        }

        var url = new Uri(urlOrConnectionString);
        var credentials = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort ? 5432 : url.Port,
            Username = Uri.UnescapeDataString(credentials[0]),
            Password = credentials.Length > 1 ? Uri.UnescapeDataString(credentials[1]) : null,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
        }.ConnectionString;
    }

    public static string FromConnectionString(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{Uri.EscapeDataString(parts.Username ?? "")}:{Uri.EscapeDataString(parts.Password ?? "")}"
            + $"@{parts.Host}:{parts.Port}/{Uri.EscapeDataString(parts.Database ?? "")}";
    }
}
