using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using YamlDotNet.Serialization;

namespace OpenClaw.Tests.Scripts;

/// <summary>
/// The Helm chart, as far as that can be judged without helm: its templates use nothing but names, values, <c>quote</c> and <c>toJson</c>, so that
/// they are filled in here, with the values it brings, and read as YAML.
/// </summary>
public sealed partial class ChartTests
{
    private static readonly string Folder = Repository.PathTo("deploy/helm/openclaw-backend");

    [Test]
    public void Each_template_is_a_named_object_and_each_value_is_used()
    {
        var used = Directory.GetFiles(Path.Combine(Folder, "templates")).SelectMany(file => Expression().Matches(File.ReadAllText(file))).Select(match => match.Groups["path"].Value).ToList();

        Assert.That(Values().Keys.Where(value => !used.Any(path => path == $".Values.{value}" || path.StartsWith($".Values.{value}.", StringComparison.Ordinal))), Is.Empty);
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "templates")))
        {
            var document = Read(Path.GetFileName(file));
            Assert.That(At(document, "apiVersion"), Is.Not.Empty, file);
            Assert.That(At(document, "kind"), Is.Not.Empty, file);
            Assert.That(At(document, "metadata", "name"), Is.EqualTo("trial"), file);
        }
    }

    [Test]
    public void A_node_is_asked_whether_it_lives_and_whether_it_may_take_traffic()
    {
        var container = Node("spec", "template", "spec", "containers", "0");

        Assert.That(At(container, "livenessProbe", "httpGet", "path"), Is.EqualTo("/healthz"));
        Assert.That(At(container, "readinessProbe", "httpGet", "path"), Is.EqualTo("/readyz"));
        Assert.That(At(container, "startupProbe", "httpGet", "path"), Is.EqualTo("/readyz"));
    }

    [Test]
    public void A_node_that_goes_has_the_time_to_hand_its_work_back()
    {
        var pod = Node("spec", "template", "spec");
        var pause = int.Parse(At(pod, "containers", "0", "lifecycle", "preStop", "exec", "command", "1"));

        // The host takes 25 s at most to stop.
        Assert.That(int.Parse(At(pod, "terminationGracePeriodSeconds")), Is.GreaterThanOrEqualTo(pause + 25 + 10));
    }

    [Test]
    public void A_node_runs_without_rights_on_a_root_that_it_cannot_write()
    {
        var pod = Node("spec", "template", "spec");

        Assert.That(At(pod, "securityContext", "runAsNonRoot"), Is.EqualTo("true"));
        Assert.That(At(pod, "containers", "0", "securityContext", "readOnlyRootFilesystem"), Is.EqualTo("true"));
        Assert.That(At(pod, "containers", "0", "securityContext", "capabilities", "drop", "0"), Is.EqualTo("ALL"));
    }

    [Test]
    public void One_node_at_a_time_is_taken_away_and_another_one_is_added_by_the_age_of_the_queues()
    {
        var autoscaler = Read("autoscaling.yaml");
        var metric = At(autoscaler, "spec", "metrics", "0", "external", "metric", "name");

        Assert.That(At(Read("disruption.yaml"), "spec", "maxUnavailable"), Is.EqualTo("1"));
        Assert.That(int.Parse(At(autoscaler, "spec", "minReplicas")), Is.GreaterThanOrEqualTo(2));
        Assert.That(File.ReadAllText(Repository.PathTo("docs/operations.md")), Does.Contain($"`{metric}{{queue}}`"));
    }

    [Test]
    public void What_a_node_is_told_are_settings_of_the_service_and_none_of_them_is_a_secret()
    {
        var settings = ((Dictionary<object, object?>)Read("settings.yaml")["data"]!).Keys.Select(name => $"{name}").ToList();
        var readme = File.ReadAllText(Repository.PathTo("README.md"));

        Assert.That(settings.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
        Assert.That(settings.Where(name => Regex.IsMatch(name, "TOKEN|SECRET|KEY|DATABASE_URL")), Is.Empty);
        Assert.That(((Dictionary<object, object?>)Values()["settings"]!).Keys, Is.SubsetOf(settings));
    }

    [Test]
    public void All_that_names_the_nodes_names_them_alike()
    {
        var labels = Inner(Node("spec", "template", "metadata", "labels"));

        Assert.That(Inner(Node("spec", "selector", "matchLabels")), Is.EquivalentTo(labels));
        Assert.That(Inner(Find(Read("service.yaml"), "spec", "selector")), Is.EquivalentTo(labels));
        Assert.That(Inner(Find(Read("disruption.yaml"), "spec", "selector", "matchLabels")), Is.EquivalentTo(labels));
    }

    private static Dictionary<object, object?> Values() => Parse(File.ReadAllText(Path.Combine(Folder, "values.yaml")));

    private static object Node(params string[] path) => Find(Read("nodes.yaml"), path);

    private static Dictionary<object, object?> Read(string template)
    {
        var filled = Expression().Replace(File.ReadAllText(Path.Combine(Folder, "templates", template)), Value);
        Assert.That(filled, Does.Not.Contain("{{"), template);
        return Parse(filled);
    }

    private static string Value(Match expression)
    {
        var path = expression.Groups["path"].Value;
        var value = path == ".Release.Name" ? "trial" : Find(Values(), path.Split('.')[2..]);
        return expression.Groups["filter"].Value switch
        {
            "toJson" => new SerializerBuilder().JsonCompatible().Build().Serialize(value).TrimEnd(),
            "quote" => $"\"{value}\"",
            _ => $"{value}",
        };
    }

    private static Dictionary<object, object?> Parse(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(text);

    private static Dictionary<object, object?> Inner(object map) => (Dictionary<object, object?>)map;

    private static string At(object within, params string[] path) => $"{Find(within, path)}";

    private static object Find(object within, params string[] path)
    {
        foreach (var name in path)
        {
            within = (within is List<object> list ? list[int.Parse(name)] : Inner(within).GetValueOrDefault(name)) ?? throw new AssertionException($"There is no {string.Join('.', path)}.");
        }

        return within;
    }

    [GeneratedRegex(@"\{\{ (?<path>\.Release\.Name|\.Values(\.\w+)+)( \| (?<filter>quote|toJson))? \}\}")]
    private static partial Regex Expression();
}
