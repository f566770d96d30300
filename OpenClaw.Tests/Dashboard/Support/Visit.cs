using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OpenClaw.Tests.Dashboard.Support;

/// <summary>A browser's page, and what went wrong on it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // Every rule is looked at, and what passes is not described.
    private static readonly AxeRunOptions OnlyViolations = new() { ResultTypes = [ResultType.Violations] };

    private readonly List<string> _complaints = [];
    private readonly HashSet<string> _hosts = [];

    public Visit(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _hosts.Add(new Uri(request.Url).Authority);
    }

    public IPage Page { get; }

    /// <summary>Violations of the Content-Security-Policy are among them.</summary>
    public IEnumerable<string> Complaints => _complaints;

    public IEnumerable<string> Hosts => _hosts;

    /// <summary>To another page, of which nothing is known yet.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync("about:blank");
        _complaints.Clear();
        _hosts.Clear();
        await Page.GotoAsync(path);
    }

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Status(string state) => Page.Locator($"h1 ~ .state, .head .state").GetByText(state, new() { Exact = true });

    /// <summary>What Hangfire's page is answered when it asks for its numbers the next time.</summary>
    public Task<IResponse> NextNumbersAsync() => Page.WaitForResponseAsync(answer => answer.Url.EndsWith("/hangfire/stats", StringComparison.Ordinal));

    /// <summary>Presses a button that asks first, and says yes.</summary>
    public async Task ConfirmAsync(string label)
    {
        await Page.Locator("details.confirm > summary", new() { HasTextString = $"{label}…" }).First.ClickAsync();
        await Button(label).ClickAsync();
    }

    /// <summary>axe finds nothing and the page does not scroll sideways, whatever is folded open.</summary>
    public async Task AssertSoundAsync(string where)
    {
        await Page.EvaluateAsync("document.querySelectorAll('main details').forEach(closed => closed.open = true)");

        var violations = (await Page.RunAxe(OnlyViolations)).Violations;
        Assert.That(violations.Select(Describe), Is.Empty, where);
        Assert.That(
            await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(Page.ViewportSize!.Width), $"{where}: scrolls sideways");
    }

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";
}
