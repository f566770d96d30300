using Hangfire.PostgreSql;
using Npgsql;

namespace OpenClaw.Web.Hosting;

/// <summary>Gives Hangfire connections of the pool that everything else uses, so that it joins our transactions.</summary>
internal sealed class SharedConnections(NpgsqlDataSource dataSource) : IConnectionFactory
{
    public NpgsqlConnection GetOrCreateConnection() => dataSource.CreateConnection();
}
