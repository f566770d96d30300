using System.Buffers.Binary;

namespace OpenClaw.Data.Conventions;

/// <summary>Version 7 ids grow with time, so a primary key finds what is newer than an instant.</summary>
public static class Uuid7
{
    /// <summary>SQL: the least id of the instant that lies $1, an interval, back.</summary>
    public const string FloorSql = "(lpad(to_hex((extract(epoch FROM now() - $1) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid";

    /// <summary>SQL: a new id. PostgreSQL has no function for it before 18; what is random in it comes from a version 4 id.</summary>
    public const string NewSql = "(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid";

    /// <summary>The least id of an instant; before 1970 there is none.</summary>
    public static Guid Floor(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
