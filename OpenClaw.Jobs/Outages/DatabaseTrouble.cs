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
