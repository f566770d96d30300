using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

public sealed partial class DocumentTests : GatewayFixture
{
    [Test]
    public async Task The_document_names_every_method_there_is()
    {
        var document = await File.ReadAllTextAsync(Repository.PathTo("docs/gateway.md"));
        var table = document[document.IndexOf("## Methods", StringComparison.Ordinal)..document.IndexOf("## Delivery", StringComparison.Ordinal)];
        var named = Method().Matches(table).Select(match => match.Groups["name"].Value).ToHashSet();
        await using var client = await OpenAsync();
        var hello = await client.RequestAsync("connect", GatewayClient.Connect(["operator.read"]));

        var methods = ((JsonArray)hello["payload"]!["features"]!["methods"]!).Select(method => (string)method!).Where(method => !method.EndsWith(".unsubscribe", StringComparison.Ordinal));

        Assert.That(methods, Is.SubsetOf(named));
    }

    [GeneratedRegex("`(?<name>[a-z-]+(\\.[a-z]+)*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Method();
}
