using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>docs/operations.md explains every signal there is.</summary>
public sealed partial class OperationsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathTo("docs/operations.md"));

    [Test]
    public void Every_event_of_the_log_stands_in_it()
    {
        var table = Document[Document.IndexOf("## Log events", StringComparison.Ordinal)..];

        Assert.That(InSources(EventId()), Is.Not.Empty.And.SubsetOf(Number().Matches(table).Select(match => match.Value)));
    }

    [Test]
    public void Every_instrument_stands_in_it()
    {
        var named = Instrument().Matches(Document).Select(match => match.Value).ToList();

        foreach (var instrument in InSources(Created()).Select(name => name.Replace('.', '_')))
        {
            Assert.That(named, Has.Some.StartsWith(instrument), instrument);
        }
    }

    [Test]
    public async Task Every_check_and_every_recurring_job_stands_in_it()
    {
        var service = await SharedService.GetAsync();
        var checks = service.Services.GetServices<IHealthProbe>().Select(probe => $"| `{probe.Name}` |").ToList();
        using var connection = service.Services.GetRequiredService<JobStorage>().GetConnection();

        foreach (var name in checks.Concat(connection.GetRecurringJobs().Select(job => $"`{job.Id}`")))
        {
            Assert.That(Document, Does.Contain(name));
        }

        Assert.That(checks, Is.Not.Empty);
    }

    private static HashSet<string> InSources(Regex regex) =>
        new[] { "OpenClaw.Data", "OpenClaw.Jobs", "OpenClaw.Web" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathTo(project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => regex.Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .ToHashSet();

    [GeneratedRegex(@"EventId = (?<name>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex EventId();

    [GeneratedRegex(@"\b\d{4}\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"Create\w+<\w+>\(""(?<name>openclaw\.[\w.]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Created();

    [GeneratedRegex(@"openclaw_\w+")]
    private static partial Regex Instrument();
}
