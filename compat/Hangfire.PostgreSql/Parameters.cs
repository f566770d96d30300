using Npgsql;
using NpgsqlTypes;

namespace Hangfire.PostgreSql;

/// <summary>Positional parameters, typed: without names to rewrite, and without boxing values.</summary>
internal static class Parameters
{
    public static NpgsqlParameter Of(long value) => new NpgsqlParameter<long> { TypedValue = value };

    public static NpgsqlParameter Of(int value) => new NpgsqlParameter<int> { TypedValue = value };

    public static NpgsqlParameter Of(bool value) => new NpgsqlParameter<bool> { TypedValue = value };

    public static NpgsqlParameter Of(double value) => new NpgsqlParameter<double> { TypedValue = value };

    public static NpgsqlParameter Of(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value };

    public static NpgsqlParameter Of(DateTime? value) => Nullable(NpgsqlDbType.TimestampTz, value);

    public static NpgsqlParameter Of(long? value) => Nullable(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Of(string? value) => Nullable(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Of(long[] value) => new NpgsqlParameter<long[]> { TypedValue = value };

    public static NpgsqlParameter Of(int[] value) => new NpgsqlParameter<int[]> { TypedValue = value };

    public static NpgsqlParameter Of(DateTime[] value) => Array(NpgsqlDbType.TimestampTz, value);

    public static NpgsqlParameter Of(string?[] value) => Array(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Json(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static NpgsqlParameter Nullable(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static NpgsqlParameter Array(NpgsqlDbType type, object value) => new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = value };
}
