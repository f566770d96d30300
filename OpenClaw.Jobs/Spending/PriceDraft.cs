using System.Text.RegularExpressions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>A price as somebody writes it, in USD for a million tokens. Nothing in it is checked yet.</summary>
/// <param name="Model"><c>provider/name</c>, or the beginning of one and a <c>*</c>.</param>
/// <param name="Input">What the model reads.</param>
/// <param name="CachedInput">What of that its provider had in its cache; null for the same.</param>
/// <param name="Output">What it writes.</param>
/// <param name="ValidFrom">The first day (UTC) on which it holds; null for today.</param>
public sealed partial record PriceDraft(string? Model, decimal? Input, decimal? CachedInput, decimal? Output, DateOnly? ValidFrom)
{
    public const int MaxModel = 200;

    /// <summary>The price, or all that is wrong with it, by the field's name in the API.</summary>
    public Decision<ModelPrice> Check(DateOnly today)
    {
        var errors = new Dictionary<string, string[]>();
        if (Model is null || Model.Length > MaxModel || !ModelName().IsMatch(Model))
        {
            errors["model"] = [$"model must be a model such as openai/gpt-5, or the beginning of names and a * such as openai/gpt-5*, of up to {MaxModel} characters."];
        }

        var (input, output) = (Read("input", Input, errors), Read("output", Output, errors));
        var cached = CachedInput is null ? input : Read("cached_input", CachedInput, errors);
        return errors.Count > 0 ? new Refusal.Invalid(errors) : new ModelPrice { Model = Model!.ToLowerInvariant(), ValidFrom = ValidFrom ?? today, Input = input, CachedInput = cached, Output = output };
    }

    private static long Read(string name, decimal? given, Dictionary<string, string[]> errors)
    {
        if (given is { } amount && Money.Micros(amount) is { } micros)
        {
            return micros;
        }

        errors[name] = [$"{name} must be {Money.Currency} for a million tokens, 0 to {Money.Most}, with up to six decimals."];
        return 0;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+/[A-Za-z0-9._:/@+-]*\*?\z(?<!/)")]
    private static partial Regex ModelName();
}
