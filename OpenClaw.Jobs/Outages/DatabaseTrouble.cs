namespace OpenClaw.Jobs.Outages;

/// <summary>What is wrong with a database, by what can be done about it.</summary>
public enum DatabaseTrouble
{
    /// <summary>It is not reached, ends our sessions, or breaks off; a proxy before it says that it does not reach it. It may come back by itself.</summary>
    Away,

    /// <summary>It takes no sessions yet, or no more: it is starting, stopping, or recovers from a crash. It comes back by itself.</summary>
    Starting,

    /// <summary>It takes no writes: a standby, or a server that was set so.</summary>
    ReadOnly,

    /// <summary>Its disk is full. A person has to make room.</summary>
    Full,

    /// <summary>It has no connection, or no memory, left for us.</summary>
    Crowded,

    /// <summary>Our user may not do what it must. A person has to grant it.</summary>
    Forbidden,

    /// <summary>It does not let us in: the password, the user or the database is not, or no longer, right.</summary>
    Refused,

    /// <summary>Others changed the same rows at the same time. The next try is likely to succeed.</summary>
    Contended,
}

/// <summary>How people and programs are told of it.</summary>
public static class DatabaseTroubles
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
