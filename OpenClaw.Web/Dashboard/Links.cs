using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Web.Dashboard;

/// <summary>Addresses of the dashboard's pages.</summary>
public static class Links
{
    public const string Root = "/dashboard";
    public const string Overview = "/";
    public const string Agents = Root + "/agents";
    public const string NewAgent = Agents + "/new";
    public const string Workflows = Root + "/workflows";
    public const string WorkflowFigures = Workflows + "/figures";
    public const string Messages = Root + "/messages";
    public const string Notices = Root + "/notices";
    public const string NoticeRules = Notices + "/rules";
    public const string Contacts = Root + "/contacts";
    public const string Commands = Root + "/commands";
    public const string Health = Root + "/health";
    public const string Audit = Root + "/audit";
    public const string Settings = Root + "/settings";
    public const string Preferences = Root + "/preferences";
    public const string Live = Root + "/live";
    public const string Assets = Root + "/assets";
    public const string Jobs = "/hangfire";

    public static string Agent(Guid id, string? tab = null) => tab is null ? $"{Agents}/{id}" : $"{Agents}/{id}?tab={tab}";

    public static string AgentAction(Guid id, string action) => $"{Agents}/{id}/{action}";

    public static string MessageAgain(Guid id) => $"{Messages}/{id}/again";

    public static string Contact(string number) => $"{Contacts}/{Uri.EscapeDataString(number)}";

    public static string Workflow(Guid uuid) => $"{Workflows}/{uuid}";

    public static string WorkflowAction(Guid uuid, string action) => $"{Workflows}/{uuid}/{action}";

    public static string AgentsOf(AgentStatus status) => With(Agents, ("status", EnumText.ToLower(status)));

    public static string WorkflowsOf(WorkflowStatus status) => With(Workflows, ("status", EnumText.ToLower(status)));

    public static string Job(string id) => $"{Jobs}/jobs/details/{Uri.EscapeDataString(id)}";

    /// <summary>Leaves out what is null.</summary>
    public static string With(string path, params (string Name, string? Value)[] query) =>
        path + QueryString.Create(query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value)));
}
