using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>The models that an agent may be answered by when its own cannot, as its configuration says.</summary>
public static class Fallbacks
{
    /// <summary>In an agent's configuration: models, <c>provider/name</c>, in the order in which they are asked.</summary>
    public const string Setting = "fallbacks";

    /// <summary>In an agent's configuration: seconds without a byte of a reply after which the next one is asked.</summary>
    public const string PatienceSetting = "fallback_after_seconds";

    public const int Most = 5;

    private const int MostSeconds = 600;

    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(5);

    /// <summary>None where there are none, or something else stands in their place.</summary>
    public static IReadOnlyList<string> Of(JsonElement configuration) => ForeignJson.Member(configuration, Setting) is { ValueKind: JsonValueKind.Array } models
        ? [.. models.EnumerateArray().Where(model => model.ValueKind is JsonValueKind.String).Select(model => model.GetString()!).Take(Most)]
        : [];

    /// <summary>How long a model that has others behind it may say nothing at all.</summary>
    public static TimeSpan PatienceOf(JsonElement configuration) => SecondsOf(configuration) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultPatience;

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    /// <param name="configuration">A JSON object.</param>
    /// <param name="isModel">Whether a text has the form of a model.</param>
    public static string? WhyNot(JsonElement configuration, Func<string, bool> isModel) =>
        ForeignJson.Member(configuration, Setting) is { } models && (models.ValueKind is not JsonValueKind.Array || models.GetArrayLength() is 0 or > Most
            || models.EnumerateArray().Any(model => model.ValueKind is not JsonValueKind.String || !isModel(model.GetString()!)))
            ? $"configuration.{Setting} must be a list of 1 to {Most} models such as openai/gpt-5-mini. Leave it out for none."
        : ForeignJson.Member(configuration, PatienceSetting) is not null && SecondsOf(configuration) is null
            ? $"configuration.{PatienceSetting} must be a whole number from 1 to {MostSeconds}: seconds without a word after which the next model is asked. Leave it out for {DefaultPatience.TotalSeconds:0}."
        : ForeignJson.Member(configuration, PatienceSetting) is not null && ForeignJson.Member(configuration, Setting) is null
            ? $"configuration.{PatienceSetting} says when configuration.{Setting} are asked, and there are none."
        : null;

    private static int? SecondsOf(JsonElement configuration) =>
        ForeignJson.WholeNumber(configuration, PatienceSetting) is { } seconds and >= 1 and <= MostSeconds ? seconds : null;
}
