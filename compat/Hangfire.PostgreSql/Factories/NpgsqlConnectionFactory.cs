using Npgsql;

namespace Hangfire.PostgreSql.Factories;

/// <summary>For a storage that is given a connection string. Share a data source instead where other code uses the database too.</summary>
internal sealed class NpgsqlConnectionFactory(string connectionString, Action<NpgsqlConnection>? connectionSetup) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection()
    {
        var connection = new NpgsqlConnection(connectionString);
        connectionSetup?.Invoke(connection);
        return connection;
    }
}
