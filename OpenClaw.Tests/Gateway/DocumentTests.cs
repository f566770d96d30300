using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Tests.Gateway;

public sealed partial class DocumentTests : GatewayFixture
{
    [Test]
    public async Task The_document_names_every_method_there_is_with_its_scope_and_no_other()
    {
        var document = await File.ReadAllTextAsync(Repository.PathTo("docs/gateway.md"));
        var rows = document[document.IndexOf("## Methods", StringComparison.Ordinal)..document.IndexOf("## Delivery", StringComparison.Ordinal)]
            .Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|')).Where(cells => cells.Length == 2 && Method().IsMatch(cells[0]));
        var named = rows.SelectMany(cells => Method().Matches(cells[0]).Select(match => $"{match.Groups["name"].Value}: {cells[1].Trim(' ', '`')}"));
        var methods = Service.Services.GetRequiredService<GatewayMethods>();

        // The opposites are named so, and what old clients call stands below the table.
        var there = methods.Names.Where(name => name != "agent.send" && !name.EndsWith(".unsubscribe", StringComparison.Ordinal)).Select(name => $"{name}: {methods.Find(name)!.Scope ?? "none"}");

        Assert.That(named, Is.EquivalentTo(there));
    }

    [GeneratedRegex("`(?<name>[a-z-]+(\\.[a-zA-Z]+)*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Method();
}
