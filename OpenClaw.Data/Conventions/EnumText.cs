using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Conventions;

/// <summary>Writes an enum as the text that SQL, JSON and people see.</summary>
public static class EnumText
{
    /// <summary><c>retries_exceeded</c>.</summary>
    public static string ToLower<T>(T value) where T : struct, Enum => Names<T>.Lower[value];

    /// <summary><c>RETRIES_EXCEEDED</c>.</summary>
    public static string ToUpper<T>(T value) where T : struct, Enum => Names<T>.Upper[value];

    /// <summary>Reads either form.</summary>
    public static T Parse<T>(string text) where T : struct, Enum => Names<T>.Values[text];

    /// <summary>False also for null, which a list in a request may hold.</summary>
    public static bool TryParse<T>(string? text, out T value) where T : struct, Enum => Names<T>.Values.TryGetValue(text ?? "", out value);

    internal static void IsLowerText<T>(this PropertyBuilder<T> property) where T : struct, Enum =>
        property.HasConversion(value => ToLower(value), text => Parse<T>(text));

    internal static void IsLowerText<T>(this PropertyBuilder<T?> property) where T : struct, Enum =>
        property.HasConversion(value => value == null ? null : ToLower(value.Value), text => text == null ? null : Parse<T>(text));

    internal static void IsUpperText<T>(this PropertyBuilder<T> property) where T : struct, Enum =>
        property.HasConversion(value => ToUpper(value), text => Parse<T>(text));

    private static class Names<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Lower = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<T, string> Upper = Enum.GetValues<T>()
            .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
            .ToDictionary(value => Lower[value], StringComparer.OrdinalIgnoreCase);
    }
}
