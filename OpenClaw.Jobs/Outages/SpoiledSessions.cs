using Npgsql;

namespace OpenClaw.Jobs.Outages;

/// <summary>
/// Throws the pool away when one of its sessions turns out not to be writable any more: a server was made to only read under
/// it, or a proxy led it elsewhere. What comes next opens sessions, of which those that cannot write are refused.
/// </summary>
public sealed class SpoiledSessions(NpgsqlDataSource dataSource)
{
    /// <summary>Whoever meets trouble with the database tells of it here.</summary>
    public void Heed(DatabaseTrouble trouble)
    {
        if (trouble is DatabaseTrouble.ReadOnly)
        {
            dataSource.Clear();
        }
    }
}
