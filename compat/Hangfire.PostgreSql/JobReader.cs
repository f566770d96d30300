using System.Globalization;
using Hangfire.Engine;
using Npgsql;

namespace Hangfire.PostgreSql;

/// <summary>Reads jobs with their parameters and current state. The columns are the same wherever a job is read whole.</summary>
internal static class JobReader
{
    public const int ColumnCount = 9;

    private const string Lock = "select 1 from hangfire.job where id = $1 for no key update";

    private static readonly string Select = $"select {Columns("j", "s.data::text")} from hangfire.job j left join hangfire.state s on s.id = j.stateid where j.id = $1";

    /// <summary>The select list for a job under an alias; <paramref name="stateData"/> is the text of its state's data.</summary>
    public static string Columns(string job, string stateData) => $"""
        {job}.id, {job}.invocationdata::text, {job}.arguments::text, {job}.createdat, {job}.statename, {job}.stateid, {job}.updatecount,
        (select jsonb_object_agg(p.name, p.value)::text from hangfire.jobparameter p where p.jobid = {job}.id), {stateData}
        """;

    public static JobSnapshot? Read(Database database, string jobId)
    {
        if (!long.TryParse(jobId, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return null;
        using var connection = database.Open();
        using var batch = new NpgsqlBatch(connection);
        // The lock has a statement of its own: what waited for a lock would read the rest as it was before the wait.
        if (database.IsInAmbientTransaction)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(database.Sql(Lock)) { Parameters = { Parameters.Of(id) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(database.Sql(Select)) { Parameters = { Parameters.Of(id) } });
        using var reader = batch.ExecuteReader();
        if (database.IsInAmbientTransaction)
            reader.NextResult();
        return reader.Read() ? Read(reader, 0) : null;
    }

    public static JobSnapshot Read(NpgsqlDataReader reader, int offset) => new(
        reader.GetInt64(offset).ToString(CultureInfo.InvariantCulture),
        InvocationJson.Deserialize(reader.GetString(offset + 1), Text(reader, offset + 2)),
        reader.GetDateTime(offset + 3),
        Text(reader, offset + 4),
        reader.IsDBNull(offset + 5) ? null : reader.GetInt64(offset + 5),
        reader.GetInt32(offset + 6),
        StateJson.Deserialize(Text(reader, offset + 7)),
        StateJson.Deserialize(Text(reader, offset + 8)));

    public static string? Text(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
