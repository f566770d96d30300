namespace OpenClaw.Web.Dashboard;

/// <summary>Paths of the dashboard's pages as the service itself serves them. What a page or an answer shows is in <see cref="Links"/>.</summary>
internal static class Routes
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
    public const string Inbox = Root + "/inbox";
    public const string Commands = Root + "/commands";
    public const string Devices = Root + "/devices";
    public const string Keys = Root + "/keys";
    public const string Spending = Root + "/spending";
    public const string Schedules = Root + "/schedules";
    public const string Brakes = Root + "/brakes";
    public const string Search = Root + "/search";
    public const string Health = Root + "/health";
    public const string Audit = Root + "/audit";
    public const string Settings = Root + "/settings";
    public const string Preferences = Root + "/preferences";
    public const string Api = Root + "/api";
    public const string Views = Root + "/views";
    public const string Dismissals = Root + "/dismissals";
    public const string Errors = Root + "/errors";
    public const string Live = Root + "/live";
    public const string Assets = Root + "/assets";
    public const string Jobs = "/hangfire";
    public const string SignIn = "/login";
    public const string SignInOidc = SignIn + "/oidc";
    public const string SignInCallback = SignIn + "/callback";
    public const string SignOut = "/logout";
}
