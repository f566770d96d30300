using Npgsql;
using NpgsqlTypes;

namespace OpenClaw.Jobs;

/// <summary>Parameters that say their type, so that a statement has one plan, and no guess about what is null.</summary>
internal static class SqlParameters
{
    public static NpgsqlParameter Text(string? value) => OrNull(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Json(string? value) => OrNull(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Number(double? value) => OrNull(value, NpgsqlDbType.Double);

    public static NpgsqlParameter<Guid> Uuid(Guid value) => new() { TypedValue = value };

    public static NpgsqlParameter Uuid(Guid? value) => OrNull(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter<int> Int(int value) => new() { TypedValue = value };

    public static NpgsqlParameter Int(int? value) => OrNull(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter<bool> Bool(bool value) => new() { TypedValue = value };

    public static NpgsqlParameter<TimeSpan> Interval(TimeSpan value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    public static NpgsqlParameter Interval(TimeSpan? value) => OrNull(value, NpgsqlDbType.Interval);

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
