namespace OpenClaw.Jobs.Spending;

/// <summary>Parts of statements that several have.</summary>
internal static class SpendingSql
{
    public const string Today = "(now() AT TIME ZONE 'utc')::date";

    /// <summary>The first day of the present period of a budget <c>b</c>.</summary>
    public const string Start = "date_trunc(b.period, now() AT TIME ZONE 'utc')::date";

    /// <summary>What a budget <c>b</c> has used of its period: by the index that begins with its owner, or with its agent, and nothing but that.</summary>
    public const string Used =
        $"""
        ((SELECT coalesce(sum(s.amount), 0) FROM openclaw.spending s WHERE b.agent_id IS NULL AND s.owner = b.owner AND s.day >= {Start})
            + (SELECT coalesce(sum(s.amount), 0) FROM openclaw.spending s WHERE s.agent_id = b.agent_id AND s.day >= {Start}))::bigint
        """;

    /// <summary>What is held of a budget <c>b</c> for turns under way, but for one, whose key <paramref name="turnKey"/> is.</summary>
    public static string Reserved(string turnKey) =>
        $"""
        (SELECT coalesce(sum(r.amount), 0) FROM openclaw.spending_reservations r
            WHERE r.owner = b.owner AND (b.agent_id IS NULL OR r.agent_id = b.agent_id) AND r.until > now() AND r.turn_key IS DISTINCT FROM {turnKey})::bigint
        """;

    /// <summary>The price of a model today: of the pattern that says most, the newest.</summary>
    public static string PriceOf(string model) =>
        $"""
        SELECT * FROM openclaw.model_prices p
        WHERE p.valid_from <= {Today}
            AND CASE WHEN p.model LIKE '%*' THEN starts_with(lower({model}), left(p.model, -1)) ELSE lower({model}) = p.model END
        ORDER BY p.model LIKE '%*', length(p.model) DESC, p.valid_from DESC LIMIT 1
        """;
}
