using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>One operation on all agents that a person has ticked. Each is decided for itself.</summary>
internal static class AgentBulk
{
    private const int ShownRefusals = 3;

    public static async Task<IResult> RunAsync(DashboardForm form, AgentService agents, AgentQueries queries)
    {
        Func<Guid, Task<Decision<StartedOperation>>>? operate = form.Text("do") switch
        {
            "provision" => id => agents.ProvisionAsync(id, form.Caller, null, form.Cancelled),
            "pause" => id => agents.PauseAsync(id, form.Caller, null, form.Cancelled),
            "resume" => id => agents.ResumeAsync(id, null, form.Caller, null, form.Cancelled),
            "stop" => id => agents.StopAsync(id, form.Caller, null, form.Cancelled),
            _ => null,
        };
        var ids = form.Fields["id"].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Take(PageSizes.Most).ToList();
        if (operate is null || ids.Count == 0)
        {
            return form.Return(Links.Agents, "Tick the agents first.", failed: true);
        }

        var names = (await queries.FindAsync(ids, form.Caller, form.Cancelled)).ToDictionary(agent => agent.Key, agent => agent.Value.Name);
        var refusals = new List<string>();
        foreach (var id in ids)
        {
            if (await operate(id) is Decision<StartedOperation>.Refused { Refusal: var refusal })
            {
                refusals.Add(Named(refusal.Detail, id, names.GetValueOrDefault(id)));
            }
        }

        var begun = $"{Say.Count(ids.Count - refusals.Count, "agent")}: {form.Text("do")} has begun.";
        return refusals.Count == 0
            ? form.Return(Links.Agents, begun)
            : form.Return(Links.Agents, $"{begun} {Say.Count(refusals.Count)} refused: {string.Join(" ", refusals.Take(ShownRefusals))}{(refusals.Count > ShownRefusals ? $" And {Say.Count(refusals.Count - ShownRefusals)} more." : "")}", failed: true);
    }

    // People know an agent by its name.
    private static string Named(string detail, Guid id, string? name) => name is null ? detail : detail.Replace($"Agent {id}", name, StringComparison.Ordinal);
}
