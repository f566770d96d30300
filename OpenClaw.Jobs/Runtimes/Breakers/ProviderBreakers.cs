using Npgsql;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Telemetry;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Runtimes.Breakers;

/// <summary>
/// Which providers of models have failed, a row for each, as all nodes have seen it. A node knows them by heart, half a second old at
/// most (<see cref="BreakerLoop"/>): while all are well a turn pays nothing. Times are the database's.
/// </summary>
public sealed class ProviderBreakers(NpgsqlDataSource dataSource, TimeProvider time) : IDisposable
{
    /// <summary>On which nodes tell each other that a provider fails, or is back.</summary>
    public const string Channel = "openclaw_breakers";

    /// <summary>So many outages in a row, and a provider is left alone; one that says when to come back, or says nothing at all, at once.</summary>
    public const int FailuresUntilRest = 3;

    // Doubled each time that the question after it is not answered.
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    // Of models whose names are kept; more than any agents of one provider have.
    private const int MaxModels = 100;
    private const int MaxReason = 500;

    private const string Columns = "provider, failures, reason, models, is_whole, open_until IS NOT NULL, coalesce(open_until - now(), interval '0'), coalesce(probe_until - now(), interval '0')";

    private const string ReadSql = $"SELECT {Columns} FROM openclaw.provider_breakers ORDER BY provider";

    // What fails while it is left alone was asked before, and prolongs nothing but by what the provider itself says.
    private static readonly string FailSql =
        $"""
        WITH failed AS (
            INSERT INTO openclaw.provider_breakers AS b (provider, failures, code, reason, models, is_whole, failed_at, open_until, rests)
            VALUES ($1, 1, $2, $3, ARRAY[$4::text], $5, now(), CASE WHEN $6 THEN now() + coalesce($7, $8) END, CASE WHEN $6 THEN 1 ELSE 0 END)
            ON CONFLICT (provider) DO UPDATE
            SET failures = b.failures + 1, code = excluded.code, reason = excluded.reason, failed_at = now(), is_whole = b.is_whole OR excluded.is_whole,
                models = CASE WHEN $4 = ANY (b.models) OR cardinality(b.models) >= {MaxModels} THEN b.models ELSE b.models || $4 END,
                probe_until = CASE WHEN b.probe_key = $10 THEN NULL ELSE b.probe_until END,
                open_until = CASE WHEN b.open_until > now() THEN greatest(b.open_until, now() + $7)
                    WHEN $6 OR b.rests > 0 OR b.failures + 1 >= {FailuresUntilRest} THEN now() + coalesce($7, least($8 * power(2, least(b.rests, 20)), $9)) END,
                rests = b.rests + CASE WHEN b.open_until > now() THEN 0 WHEN $6 OR b.rests > 0 OR b.failures + 1 >= {FailuresUntilRest} THEN 1 ELSE 0 END
            RETURNING *
        ), told AS (SELECT pg_notify('{Channel}', '') FROM failed)
        SELECT {Columns} FROM failed, told
        """;

    private const string AnswerSql =
        $"""
        WITH gone AS (DELETE FROM openclaw.provider_breakers WHERE provider = $1 AND (is_whole OR $2 = ANY (models)) RETURNING provider)
        SELECT provider, pg_notify('{Channel}', '') FROM gone
        """;

    private const string TakeProbeSql =
        """
        UPDATE openclaw.provider_breakers SET probe_until = now() + $3, probe_key = $2
        WHERE provider = $1 AND open_until <= now() AND (probe_until IS NULL OR probe_until < now() OR probe_key = $2)
        RETURNING provider
        """;

    private const string LeaveProbeSql = "UPDATE openclaw.provider_breakers SET probe_until = NULL WHERE provider = $1 AND probe_key = $2";

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile IReadOnlyList<BreakerStanding> _all = [];

    /// <summary>Those that have failed; none while all are well.</summary>
    public IReadOnlyList<BreakerStanding> All => _all;

    /// <summary>Null while nothing speaks against asking the model.</summary>
    /// <param name="provider">The part before the slash.</param>
    /// <param name="model">The part behind it.</param>
    public BreakerStanding? Find(string provider, string model) => _all.FirstOrDefault(standing => standing.Provider == provider && standing.Concerns(model));

    /// <summary>Writes down an outage; from the third in a row the provider is left alone.</summary>
    public async Task FailedAsync(ProviderOutage outage, CancellationToken cancellationToken)
    {
        OpenClawTelemetry.ProviderFailed(outage.Provider, outage.Code);
        await ReadAsync(
            FailSql,
            [
                Text(outage.Provider), Text(outage.Code), Text(ForeignText.Clean(outage.Reason, MaxReason)), Text(outage.Model), Bool(outage.IsWhole), Bool(outage.RestsAtOnce || outage.RetryAfter is not null),
                Interval(outage.RetryAfter), Interval(FirstRest), Interval(LongestRest), Text(outage.Key),
            ],
            cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>The model has answered: the provider is back.</summary>
    public async Task AnsweredAsync(string provider, string model, CancellationToken cancellationToken)
    {
        await ExecuteAsync(AnswerSql, [Text(provider), Text(model)], cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Whether the caller is the one who may ask a provider whose rest is over: one at a time, whatever number of nodes there are.</summary>
    /// <param name="provider">Whom.</param>
    /// <param name="key">Names the caller.</param>
    /// <param name="within">Nobody else asks for so long, unless this one has told before what came of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> TakeProbeAsync(string provider, string key, TimeSpan within, CancellationToken cancellationToken) =>
        ExecuteAsync(TakeProbeSql, [Text(provider), Text(key), Interval(within)], cancellationToken);

    /// <summary>Lets somebody else ask, because nothing came of it.</summary>
    public async Task LeaveProbeAsync(string provider, string key, CancellationToken cancellationToken)
    {
        await ExecuteAsync(LeaveProbeSql, [Text(provider), Text(key)], cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Looks.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One after the other: what was read last is the newest.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            _all = await ReadAsync(ReadSql, [], cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<List<BreakerStanding>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var standings = new List<BreakerStanding>();
        while (await reader.ReadAsync(cancellationToken))
        {
            standings.Add(new BreakerStanding(
                reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetTimeSpan(6), reader.GetTimeSpan(7))
            { ReadAt = time.GetTimestamp() });
        }

        return standings;
    }

    private async Task<bool> ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}

/// <summary>A question that a provider was too busy for, or that nobody answered.</summary>
/// <param name="Provider">Whom.</param>
/// <param name="Model">Its name there.</param>
/// <param name="Code">What it is called, for programs.</param>
/// <param name="Reason">What it said.</param>
/// <param name="Key">Names who has asked.</param>
public sealed record ProviderOutage(string Provider, string Model, string Code, string Reason, string Key)
{
    /// <summary>When the provider wants to be asked again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nobody was there, whatever the model.</summary>
    public bool IsWhole { get; init; }

    /// <summary>To ask once more would cost as much time again.</summary>
    public bool RestsAtOnce { get; init; }
}
