using System.Globalization;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>A price as a person types it.</summary>
public sealed record PriceForm
{
    public string Model { get; init; } = "";

    public string Input { get; init; } = "";

    public string CachedInput { get; init; } = "";

    public string Output { get; init; } = "";

    public string ValidFrom { get; init; } = "";

    /// <summary>What is wrong, by the API's names of the fields.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    internal static PriceForm From(DashboardForm form) => new()
    {
        Model = form.Text("model")?.Trim() ?? "",
        Input = form.Text("input")?.Trim() ?? "",
        CachedInput = form.Text("cached_input")?.Trim() ?? "",
        Output = form.Text("output")?.Trim() ?? "",
        ValidFrom = form.Text("valid_from")?.Trim() ?? "",
    };

    /// <summary>Null with <see cref="Errors"/> of the form that is returned when something cannot be read.</summary>
    internal (PriceDraft? Draft, PriceForm Form) Read()
    {
        var errors = new Dictionary<string, string[]>();
        var (input, cached, output) = (Amounts.Read("input", Input, errors), Amounts.Read("cached_input", CachedInput, errors), Amounts.Read("output", Output, errors));
        DateOnly? from = null;
        if (ValidFrom.Length > 0)
        {
            from = DateOnly.TryParseExact(ValidFrom, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
            if (from is null)
            {
                errors["valid_from"] = ["Write a day such as 2026-01-31."];
            }
        }

        return errors.Count > 0 ? (null, this with { Errors = errors }) : (new PriceDraft(Model, input, cached, output, from), this);
    }

    internal PriceForm Refused(Refusal refusal) => this with
    {
        Errors = refusal is Refusal.Invalid invalid ? invalid.Errors : new Dictionary<string, string[]> { ["model"] = [refusal.Detail] },
    };
}
