using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace OpenClaw.Tests.Scripts;

/// <summary>Dockerfile, compose.yaml and what they mount, as far as that can be judged without a container.</summary>
public sealed partial class ContainerTests
{
    [Test]
    public async Task Each_service_has_its_image_its_files_and_what_it_waits_for()
    {
        var services = Map((await ComposeAsync())["services"]);
        Assert.That(services.Keys, Is.EquivalentTo(new[] { "node-1", "node-2", "nginx", "pgbouncer", "postgres" }));
        foreach (var (name, service) in services.Select(entry => (entry.Key, Map(entry.Value))))
        {
            Assert.That(service.ContainsKey("build") || Regex.IsMatch($"{service["image"]}", ":[0-9]"), $"{name} has an image without a version.");
            Assert.That(Names(service.GetValueOrDefault("depends_on")), Is.SubsetOf(services.Keys), name);
            foreach (var mounted in Names(service.GetValueOrDefault("volumes")).Where(volume => volume.StartsWith("./", StringComparison.Ordinal)))
            {
                Assert.That(File.Exists(Repository.PathTo(mounted.Split(':')[0])), mounted);
            }
        }
    }

    [Test]
    public async Task A_nodes_settings_are_settings_of_the_service_and_secrets_have_no_default()
    {
        var node = Map(Map(Map((await ComposeAsync())["services"])["node-1"])["environment"]);
        var readme = await File.ReadAllTextAsync(Repository.PathTo("README.md"));
        var unknown = node.Keys.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal));

        Assert.That(unknown, Is.Empty);
        Assert.That($"{node["AUTH_TOKEN"]}", Does.StartWith("${AUTH_TOKEN:?"));
        Assert.That($"{node["DATABASE_URL"]}", Does.Contain("@pgbouncer:6432/").And.Contain("${POSTGRES_PASSWORD:?"));
        Assert.That($"{node["DATABASE_DIRECT_URL"]}", Does.Contain("@postgres:5432/"));
    }

    [Test]
    public async Task What_the_image_is_built_from_is_there_and_the_feeds_files_come_first()
    {
        var dockerfile = await File.ReadAllLinesAsync(Repository.PathTo("Dockerfile"));
        var ignored = await File.ReadAllLinesAsync(Repository.PathTo(".dockerignore"));
        var copied = dockerfile.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();

        Assert.That(copied.Where(file => !Path.Exists(Repository.PathTo(file)) || ignored.Contains(file)), Is.Empty);
        Assert.That(copied, Does.Contain("Directory.Packages.props").And.Contain("BannedSymbols.txt"));
        Assert.That(dockerfile.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal) && line.Contains(":10.0", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(dockerfile, Does.Contain("USER $APP_UID").And.Contain("EXPOSE 18789"));
    }

    [Test]
    public async Task The_pooler_pools_transactions_for_more_clients_than_the_nodes_are()
    {
        var settings = (await File.ReadAllLinesAsync(Repository.PathTo("deploy/pgbouncer.ini"))).Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.That((settings["pool_mode"], settings["listen_port"], settings["auth_type"]), Is.EqualTo(("transaction", "6432", "scram-sha-256")));
        Assert.That(int.Parse(settings["max_client_conn"]), Is.GreaterThanOrEqualTo(2 * 20));
    }

    [Test]
    public async Task The_proxy_passes_on_what_the_service_asks_of_one()
    {
        var nginx = await File.ReadAllTextAsync(Repository.PathTo("deploy/nginx.conf"));

        Assert.That(nginx.Count(letter => letter == '{'), Is.EqualTo(nginx.Count(letter => letter == '}')));
        Assert.That(Directive().Matches(nginx).Select(match => match.Groups["name"].Value), Is.EquivalentTo(new[] { "Host", "Upgrade", "Connection", "X-Forwarded-For", "X-Forwarded-Proto" }));
        Assert.That(nginx, Does.Contain("proxy_buffering off;").And.Contain("server node-1:18789").And.Contain("server node-2:18789"));
    }

    private static async Task<Dictionary<string, object?>> ComposeAsync()
    {
        using var text = new StringReader(await File.ReadAllTextAsync(Repository.PathTo("compose.yaml")));
        return Map(new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(text))));
    }

    private static Dictionary<string, object?> Map(object? value) => ((Dictionary<object, object?>)value!).ToDictionary(entry => $"{entry.Key}", entry => entry.Value);

    // A list, or the keys of a map.
    private static IEnumerable<string> Names(object? value) => value switch
    {
        null => [],
        Dictionary<object, object?> map => map.Keys.Select(key => $"{key}"),
        _ => ((List<object>)value).Select(item => $"{item}"),
    };

    [GeneratedRegex(@"proxy_set_header (?<name>\S+)")]
    private static partial Regex Directive();
}
