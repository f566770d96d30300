using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace Hangfire.PostgreSql;

public class PostgreSqlBootstrapperOptions
{
    internal PostgreSqlBootstrapperOptions()
    {
    }

    internal IConnectionFactory? ConnectionFactory { get; private set; }

    public PostgreSqlBootstrapperOptions UseConnectionFactory(IConnectionFactory connectionFactory)
    {
        ArgumentNullException.ThrowIfNull(connectionFactory);
        ConnectionFactory = connectionFactory;
        return this;
    }

    public PostgreSqlBootstrapperOptions UseNpgsqlConnection(
        string connectionString, Action<NpgsqlConnection>? connectionSetup = null) =>
        UseConnectionFactory(new NpgsqlConnectionFactory(connectionString, connectionSetup));
}
