using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

public sealed partial class OpenApiTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";

    [Test]
    public async Task The_contract_changes_only_on_purpose()
    {
        var file = Repository.PathTo("OpenClaw.Tests/Web/openapi.v1.json");

        var document = (await (await SharedService.GetAsync()).Api.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, document);
        }

        Assert.That(
            document,
            Is.EqualTo(await File.ReadAllTextAsync(file)),
            $"The API is no longer what OpenClaw.Tests/Web/openapi.v1.json says. Clients depend on it. If the change is meant, run the tests once with {Update}=1 and commit the file.");
    }

    [Test]
    public async Task The_reference_says_what_the_contract_says()
    {
        var file = Repository.PathTo("docs/api.md");

        var reference = ApiReference.Of((await (await SharedService.GetAsync()).Api.GetJsonAsync("/openapi/v1.json")).Body);

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, reference);
        }

        var sections = reference.Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..].ToLowerInvariant());
        Assert.That(Link().Matches(reference).Select(link => link.Groups["to"].Value).Distinct().Except(sections), Is.Empty, "A link leads nowhere.");
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(reference), $"docs/api.md is made from the contract: run this test once with {Update}=1 and commit the file.");
    }

    [Test]
    public async Task Every_operation_has_a_summary_and_says_how_it_refuses()
    {
        var document = (await (await SharedService.GetAsync()).Api.GetJsonAsync("/openapi/v1.json")).Body;

        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var place = $"{operation.Name} {path.Name}";
                Assert.That(operation.Value.GetProperty("summary").GetString(), Is.Not.Empty, place);
                if (path.Name.Contains("/api/"))
                {
                    Assert.That(operation.Value.GetProperty("responses").TryGetProperty("401", out _), Is.True, place);
                }
            }
        }
    }

    [GeneratedRegex(@"\]\(#(?<to>[^)]+)\)")]
    private static partial Regex Link();
}
