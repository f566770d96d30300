namespace OpenClaw.Jobs.Outages;

/// <summary>How people and programs are told of it.</summary>
public static class DatabaseTroubleExtensions
{
    // What comes back by itself is asked for soon; what waits for a person, more rarely.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    /// <summary>The trouble as the beginning of a sentence, without a full stop.</summary>
    public static string Name(this DatabaseTrouble trouble) => trouble switch
    {
        DatabaseTrouble.Starting => "The database is starting or stopping",
        DatabaseTrouble.ReadOnly => "The database takes no writes",
        DatabaseTrouble.Full => "The database's disk is full",
        DatabaseTrouble.Crowded => "The database has no room for another connection",
        DatabaseTrouble.Forbidden => "The database does not let the service's user do its work",
        DatabaseTrouble.Refused => "The database does not let the service in",
        DatabaseTrouble.Contended => "The database had too many changes of the same at once",
        _ => "The database is away",
    };

    /// <summary>What was thrown, in a sentence that begins with what is wrong with the database where it is that.</summary>
    public static string Describe(Exception exception)
    {
        var reason = exception.GetBaseException().Message;
        return DatabaseOutage.Of(exception) is { } trouble ? $"{trouble.Name()}: {reason}" : reason;
    }

    /// <summary>When it is worth another try.</summary>
    public static TimeSpan RetryAfter(this DatabaseTrouble trouble) =>
        trouble is DatabaseTrouble.Full or DatabaseTrouble.Forbidden or DatabaseTrouble.Refused ? Later : Soon;
}
