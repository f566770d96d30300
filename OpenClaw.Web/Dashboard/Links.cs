using System.Globalization;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Notices;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Dashboard;

/// <summary>Addresses of the dashboard's pages for the reader of this answer, a proxy's sub-path included.</summary>
public static class Links
{
    public static string Root => PublicAddress.Of(Routes.Root);

    public static string Overview => PublicAddress.Of(Routes.Overview);

    public static string Agents => PublicAddress.Of(Routes.Agents);

    public static string NewAgent => PublicAddress.Of(Routes.NewAgent);

    public static string Workflows => PublicAddress.Of(Routes.Workflows);

    public static string WorkflowFigures => PublicAddress.Of(Routes.WorkflowFigures);

    public static string Messages => PublicAddress.Of(Routes.Messages);

    public static string Notices => PublicAddress.Of(Routes.Notices);

    public static string NoticeRules => PublicAddress.Of(Routes.NoticeRules);

    public static string Contacts => PublicAddress.Of(Routes.Contacts);

    public static string Inbox => PublicAddress.Of(Routes.Inbox);

    public static string Commands => PublicAddress.Of(Routes.Commands);

    public static string Devices => PublicAddress.Of(Routes.Devices);

    public static string Keys => PublicAddress.Of(Routes.Keys);

    public static string Spending => PublicAddress.Of(Routes.Spending);

    public static string Schedules => PublicAddress.Of(Routes.Schedules);

    public static string Schedule(Guid id) => $"{Schedules}/{id}";

    public static string ScheduleAction(Guid id, string action) => $"{Schedule(id)}/{action}";

    public static string Brakes => PublicAddress.Of(Routes.Brakes);

    public static string Search => PublicAddress.Of(Routes.Search);

    public static string Health => PublicAddress.Of(Routes.Health);

    public static string Audit => PublicAddress.Of(Routes.Audit);

    public static string Settings => PublicAddress.Of(Routes.Settings);

    public static string Preferences => PublicAddress.Of(Routes.Preferences);

    public static string Views => PublicAddress.Of(Routes.Views);

    public static string Dismissals => PublicAddress.Of(Routes.Dismissals);

    public static string Errors => PublicAddress.Of(Routes.Errors);

    public static string Live => PublicAddress.Of(Routes.Live);

    public static string Assets => PublicAddress.Of(Routes.Assets);

    public static string Jobs => PublicAddress.Of(Routes.Jobs);

    public static string SignIn => PublicAddress.Of(Routes.SignIn);

    public static string SignInOidc(string returnUrl) => With(PublicAddress.Of(Routes.SignInOidc), ("returnUrl", returnUrl));

    /// <summary>For somebody whom an issuer knows.</summary>
    public static string SignedOut => With(SignIn, ("left", "issuer"));

    public static string SignOut => PublicAddress.Of(Routes.SignOut);

    public static string Agent(Guid id, string? tab = null) => tab is null ? $"{Agents}/{id}" : $"{Agents}/{id}?tab={tab}";

    public static string AgentAction(Guid id, string action) => $"{Agents}/{id}/{action}";

    public static string MessageAgain(Guid id) => $"{Messages}/{id}/again";

    public static string Key(string id, string action) => $"{Keys}/{id}/{action}";

    public static string Device(string id, string action) => $"{Devices}/{Uri.EscapeDataString(id)}/{action}";

    public static string DeviceRequest(string id, string action) => $"{Devices}/requests/{id}/{action}";

    public static string AnswerQuestion(Guid id) => $"{Inbox}/{id}/answer";

    public static string ReleaseBrake(Guid id) => $"{Brakes}/{id}/release";

    public static string Contact(string number) => $"{Contacts}/{Uri.EscapeDataString(number)}";

    public static string Workflow(Guid uuid) => $"{Workflows}/{uuid}";

    public static string WorkflowAction(Guid uuid, string action) => $"{Workflows}/{uuid}/{action}";

    public static string AgentsOf(AgentStatus status) => With(Agents, ("status", EnumText.ToLower(status)));

    public static string WorkflowsOf(WorkflowStanding standing) => With(Workflows, ("status", EnumText.ToLower(standing)));

    /// <summary>What ended within the hour, or the five minutes, that begins then.</summary>
    public static string WorkflowsEndedIn(DateTimeOffset begin, TimeSpan length, string? name = null) => With(
        Workflows,
        ("name", name),
        length.TotalHours >= 1
            ? ("hour", begin.UtcDateTime.ToString(PageQuery.HourFormat, CultureInfo.InvariantCulture))
            : ("minute", begin.UtcDateTime.ToString(PageQuery.MinuteFormat, CultureInfo.InvariantCulture)));

    public static string MessagesOf(MessageState state) => With(Messages, ("state", EnumText.ToLower(state)));

    public static string NoticesOf(NoticeStanding standing) => With(Notices, ("state", EnumText.ToLower(standing)));

    /// <summary>What a code means.</summary>
    public static string Error(string code) => $"{Errors}#{ErrorCodes.Row(code)}";

    public static string Job(string id) => $"{Jobs}/jobs/details/{Uri.EscapeDataString(id)}";

    /// <summary>Leaves out what is null.</summary>
    public static string With(string path, params (string Name, string? Value)[] query) =>
        path + QueryString.Create(query.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value)));
}
