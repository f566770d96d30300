using Hangfire.PostgreSql;
using Npgsql;

namespace OpenClaw.Tests.Compat;

/// <summary>Connects as the product does: through the one data source that everything shares.</summary>
internal sealed class SharedDataSource(NpgsqlDataSource dataSource) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
}
