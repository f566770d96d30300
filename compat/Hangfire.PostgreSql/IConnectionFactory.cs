using Npgsql;

namespace Hangfire.PostgreSql;

public interface IConnectionFactory
{
    NpgsqlConnection GetOrCreateConnection();
}
