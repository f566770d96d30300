namespace Hangfire.Dashboard.Dispatchers;

/// <param name="Verb">What the result line says was done, such as <c>requeued</c>.</param>
/// <param name="Execute">Takes the job's or recurring job's id and the state in which the user saw it.</param>
internal sealed record Command(string Verb, Func<DashboardContext, string, string?, bool> Execute);
