using Hangfire.Common;

namespace Hangfire.PostgreSql;

internal static class SetReader
{
    /// <summary>Members whose time has come, oldest first, leaving out those that another transaction is at work on.</summary>
    public static IReadOnlyList<string> LockDue(Database database, string key, DateTime now, int count) => database.List(
        "select value from hangfire.set where key = $1 and score <= $2 order by score limit $3 for update skip locked",
        reader => reader.GetString(0),
        Parameters.Of(key),
        Parameters.Of((double)JobHelper.ToTimestamp(now)),
        Parameters.Of(count));
}
