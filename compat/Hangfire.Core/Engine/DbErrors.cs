using System.Data.Common;

namespace Hangfire.Engine;

internal static class DbErrors
{
    /// <summary>Whether the data is at fault, so that trying again cannot help: data exceptions, constraints, limits.</summary>
    public static bool IsDataError(this DbException exception) =>
        exception.SqlState is { Length: 5 } state && state[..2] is "22" or "23" or "54";
}
