using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Jobs.Loops;

namespace OpenClaw.Jobs.Monitoring.Auditing;

/// <summary>
/// Chains the entries of the audit log some seconds after they were written: in the writer's own transaction each would have to
/// wait for the one before. One node at a time does it.
/// </summary>
public sealed class AuditSeals(NpgsqlDataSource dataSource, TimeProvider time, ILogger<AuditSeals> logger) : PeriodicService(TimeSpan.FromSeconds(5), time, logger)
{
    private const int Batch = 1_000;

    // A transaction that was under way while so many entries came after its own is found by the look at everything.
    private const long Behind = 1_000;

    /// <summary>Seals what is not, also what came late.</summary>
    public Task SealAllAsync(CancellationToken cancellationToken) => SealAsync(long.MaxValue / 2, cancellationToken);

    /// <summary>What is wrong with the log, entry by entry, and its newest seal.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var problems = new List<AuditProblem>();
        await using (var verify = dataSource.CreateCommand("SELECT entry_id, problem FROM openclaw.verify_audit()"))
        {
            verify.CommandTimeout = 0;
            await using var reader = await verify.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                problems.Add(new AuditProblem(reader.GetInt64(0), reader.GetString(1)));
            }
        }

        await using var newest = dataSource.CreateCommand("SELECT seq, encode(hash, 'hex'), (SELECT count(*) FROM openclaw.audit_seals) FROM openclaw.audit_seals ORDER BY seq DESC LIMIT 1");
        await using var head = await newest.ExecuteReaderAsync(cancellationToken);
        return await head.ReadAsync(cancellationToken)
            ? new AuditVerdict(problems, head.GetInt64(0), head.GetString(1), head.GetInt64(2))
            : new AuditVerdict(problems, 0, "", 0);
    }

    /// <summary>Whether the log still has the seal that somebody has written down.</summary>
    public async Task<bool> HasAsync(long seq, string hash, CancellationToken cancellationToken)
    {
        await using var find = dataSource.CreateCommand("SELECT 1 FROM openclaw.audit_seals WHERE seq = $1 AND encode(hash, 'hex') = $2");
        find.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seq });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hash });
        return await find.ExecuteScalarAsync(cancellationToken) is not null;
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => SealAsync(Behind, cancellationToken);

    private async Task SealAsync(long behind, CancellationToken cancellationToken)
    {
        for (var count = Batch; count == Batch;)
        {
            await using var seal = dataSource.CreateCommand("SELECT openclaw.seal_audit($1, $2)");
            seal.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
            seal.Parameters.Add(new NpgsqlParameter<long> { TypedValue = behind });
            count = (int)(await seal.ExecuteScalarAsync(cancellationToken))!;
        }
    }
}

/// <param name="EntryId">Of the audit log.</param>
/// <param name="What">What is wrong with it.</param>
public sealed record AuditProblem(long EntryId, string What);

/// <summary>How it stands with the audit log.</summary>
/// <param name="Problems">None when it is as it was written.</param>
/// <param name="Seq">The newest seal's number; 0 for none.</param>
/// <param name="Hash">The newest seal, in hexadecimal: who keeps both elsewhere can tell later whether the end was cut off.</param>
/// <param name="Seals">How many there are.</param>
public sealed record AuditVerdict(IReadOnlyList<AuditProblem> Problems, long Seq, string Hash, long Seals);
