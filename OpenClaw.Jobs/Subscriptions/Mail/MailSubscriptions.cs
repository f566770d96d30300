using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Subscriptions.Mail;

/// <summary>An address of <c>ALERT_EMAIL_TO</c> is a subscription of the house, made and ended with the setting.</summary>
internal sealed class MailSubscriptions(NpgsqlDataSource dataSource, MailSettings? settings = null)
{
    /// <summary>What an address is told of until somebody changes it: what begins to be wrong, and that it is well again.</summary>
    private static readonly NoticeEvent[] Incidents =
    [
        NoticeEvent.AgentFailed, NoticeEvent.BudgetReached, NoticeEvent.HealthChanged, NoticeEvent.HeartbeatRecovered, NoticeEvent.HeartbeatsMissed, NoticeEvent.NodeLost, NoticeEvent.NodeReturned,
        NoticeEvent.SubscriptionDisabled,
    ];

    private const string KeepSql =
        """
        WITH wanted AS (
            SELECT * FROM unnest($1::uuid[], $2::text[]) w (id, url)
        ), gone AS (
            DELETE FROM openclaw.subscriptions s WHERE s.url LIKE 'mailto:%' AND NOT EXISTS (SELECT FROM wanted w WHERE w.id = s.id)
        )
        INSERT INTO openclaw.subscriptions (id, owner, url, secret, events, workflows, agent_ids, cursor, newest, created_by)
        SELECT w.id, $3, w.url, '', $4, '{}', '{}', p.position, p.position, 'ALERT_EMAIL_TO' FROM wanted w, openclaw.event_positions p WHERE p.source = 'workflows'
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Makes those that the setting names and the database does not have, and ends those that it names no more.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var urls = (settings?.To ?? []).Distinct().Select(address => $"{Uri.UriSchemeMailto}:{address}").ToArray();
        await using var keep = dataSource.CreateCommand(KeepSql);
        keep.Parameters.Add(new() { Value = Array.ConvertAll(urls, url => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(url)).AsSpan(0, 16))) });
        keep.Parameters.Add(new() { Value = urls });
        keep.Parameters.Add(new() { Value = Owners.House });
        keep.Parameters.Add(new() { Value = Array.ConvertAll(Incidents, SubscriptionDraft.TypeOf) });
        await keep.ExecuteNonQueryAsync(cancellationToken);
    }

    public static bool Is(Uri url) => url.Scheme == Uri.UriSchemeMailto;

    public static string AddressOf(Uri url) => url.OriginalString[(Uri.UriSchemeMailto.Length + 1)..];
}
