using System.Globalization;

namespace Hangfire.Dashboard.Dispatchers;

/// <summary>What the last command did, carried in the address of the page that it led back to.</summary>
internal sealed record Outcome(string Verb, int Done, int Asked)
{
    public static string Query(Command command, int done, int asked) =>
        string.Create(CultureInfo.InvariantCulture, $"did={command.Verb}&done={done}&of={asked}");

    public static Outcome? From(DashboardRequest request) =>
        Commands.All.FirstOrDefault(command => command.Verb == request.GetQuery("did")) is { } command
            && int.TryParse(request.GetQuery("done"), NumberStyles.None, CultureInfo.InvariantCulture, out var done)
            && int.TryParse(request.GetQuery("of"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? new Outcome(command.Verb, done, asked)
            : null;

    public string Message => (Done, Asked) switch
    {
        (_, 0) => "Nothing was selected.",
        (1, 1) => $"1 job {Verb}.",
        (0, 1) => $"The job was not {Verb}: it had already moved on.",
        _ when Done == Asked => $"{Done} jobs {Verb}.",
        _ => $"{Done} of {Asked} jobs {Verb}; the others had already moved on.",
    };
}
