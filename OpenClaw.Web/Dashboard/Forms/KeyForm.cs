using System.Globalization;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>A key as a person types it.</summary>
public sealed record KeyForm
{
    public string Name { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [KeyScopes.Read];

    public string Owner { get; init; } = "";

    public string Agents { get; init; } = "";

    public string Addresses { get; init; } = "";

    public string RequestsPerMinute { get; init; } = "";

    public string ExpiresIn { get; init; } = "";

    /// <summary>What is wrong, by the API's names of the fields.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    internal static KeyForm From(DashboardForm form) => new()
    {
        Name = form.Text("name") ?? "",
        Scopes = [.. form.Fields["scopes"].OfType<string>()],
        Owner = form.Text("owner") ?? "",
        Agents = form.Text("agents") ?? "",
        Addresses = form.Text("addresses") ?? "",
        RequestsPerMinute = form.Text("requests_per_minute") ?? "",
        ExpiresIn = form.Text("expires_in") ?? "",
    };

    /// <summary>Null with <see cref="Errors"/> of the form that is returned when something cannot be read.</summary>
    internal (KeyDraft? Draft, KeyForm Form) Read(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        var agents = Items(Agents).Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).ToList();
        if (agents.Contains(null))
        {
            errors["agents"] = ["Write ids of agents, separated by spaces or commas."];
        }

        int? limit = null;
        if (RequestsPerMinute.Trim() is { Length: > 0 } number)
        {
            limit = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        }

        DateTimeOffset? expires = null;
        if (ExpiresIn.Trim() is { Length: > 0 } interval)
        {
            if (IntervalText.Read(interval) is { } span && span > TimeSpan.Zero)
            {
                expires = now + span;
            }
            else
            {
                errors["expires_at"] = ["Write an interval such as 30d."];
            }
        }

        return errors.Count > 0
            ? (null, this with { Errors = errors })
            : (new KeyDraft(Name.Trim(), Scopes, [.. agents.OfType<Guid>()], Items(Addresses), limit, expires) { Owner = Owner.Trim() is { Length: > 0 } owner ? owner : null }, this);
    }

    internal KeyForm Refused(Refusal refusal) => this with
    {
        Errors = refusal is Refusal.Invalid invalid ? invalid.Errors.ToDictionary() : new Dictionary<string, string[]> { [refusal.Code == "key_name_taken" ? "name" : "agents"] = [refusal.Detail] },
    };

    private static string[] Items(string text) => text.Split([' ', ',', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
