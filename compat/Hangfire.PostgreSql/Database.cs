using System.Transactions;
using Hangfire.Logging;
using Hangfire.PostgreSql.Schema;
using Npgsql;

namespace Hangfire.PostgreSql;

/// <summary>
/// Opens connections. In an ambient transaction they all end up on the one physical connection that the pool keeps for it,
/// as long as never two are open at once: so every call opens, does its work, and closes.
/// </summary>
internal sealed class Database(IConnectionFactory factory, PostgreSqlStorageOptions options)
{
    private readonly Lock _schemaGate = new();
    private volatile bool _isPrepared = !options.PrepareSchemaIfNecessary;

    public string SchemaName { get; } = SchemaInstaller.Validate(options.SchemaName);

    public bool IsInAmbientTransaction => options.EnableTransactionScopeEnlistment && Transaction.Current is not null;

    public NpgsqlConnection Open()
    {
        PrepareSchema();
        return OpenPlain();
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        PrepareSchema();
        var connection = factory.GetOrCreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public T Query<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        return read(reader);
    }

    public List<T> List<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters) => Query(
        sql,
        reader =>
        {
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        },
        parameters);

    public int Execute(string sql, params NpgsqlParameter[] parameters)
    {
        using var connection = Open();
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The database may be away at this moment: then the first use prepares the schema.</summary>
    public void TryPrepareSchema()
    {
        try
        {
            PrepareSchema();
        }
        catch (NpgsqlException exception)
        {
            LogProvider.For<PostgreSqlStorage>().WarnException("The schema could not be prepared yet; the first use will.", exception);
        }
    }

    public override string ToString()
    {
        using var connection = factory.GetOrCreateConnection();
        return $"PostgreSQL Server: Host: {connection.Host}, DB: {connection.Database}, Schema: {SchemaName}";
    }

    /// <summary>Statements name the schema as a prefix, because a pooled connection's search path is not ours to set.</summary>
    public string Sql(string template) => template.Replace("hangfire.", $"\"{SchemaName}\".", StringComparison.Ordinal);

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(Sql(sql), connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private NpgsqlConnection OpenPlain()
    {
        var connection = factory.GetOrCreateConnection();
        try
        {
            using var suppression = options.EnableTransactionScopeEnlistment
                ? null
                : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void PrepareSchema()
    {
        if (_isPrepared)
            return;
        lock (_schemaGate)
        {
            if (_isPrepared)
                return;
            using var suppression = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
            using var connection = OpenPlain();
            SchemaInstaller.Install(connection, SchemaName);
            _isPrepared = true;
        }
    }
}
