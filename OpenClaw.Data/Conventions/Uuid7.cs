using System.Buffers.Binary;

namespace OpenClaw.Data.Conventions;

/// <summary>Version 7 ids grow with time, so a primary key finds what is newer than an instant.</summary>
public static class Uuid7
{
    /// <summary>The least id of an instant.</summary>
    public static Guid Floor(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
