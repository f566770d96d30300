namespace OpenClaw.Data;

/// <summary>
/// In whose name the code that runs asks the database: of a team while a request of it is answered, else of nobody, as the
/// service itself. It goes where <c>await</c> goes; work that is for all and only began there leaves it.
/// </summary>
public sealed class TeamScope : IDisposable
{
    private static readonly AsyncLocal<TeamScope?> Local = new();

    private readonly string _owner;
    private readonly bool _reads;
    private bool _isOver;

    private TeamScope(string owner, bool reads) => (_owner, _reads) = (owner, reads);

    /// <summary>The team; null where all may be seen. Of a request that may change something, in its transactions alone.</summary>
    internal static string? Owner =>
        Local.Value is { _isOver: false } scope && (scope._reads || System.Transactions.Transaction.Current is not null) ? scope._owner : null;

    /// <summary>To be disposed when the request is answered.</summary>
    /// <param name="owner">Whose request it is; a name that <c>Owners.IsName</c> takes.</param>
    /// <param name="reads">It changes nothing.</param>
    public static TeamScope Enter(string owner, bool reads)
    {
        var scope = new TeamScope(owner, reads);
        Local.Value = scope;
        return scope;
    }

    /// <summary>What the caller does from here on, it does for the service.</summary>
    public static void Leave() => Local.Value = null;

    public void Dispose() => _isOver = true;
}
