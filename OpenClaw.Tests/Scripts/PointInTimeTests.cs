using System.Text.RegularExpressions;
using Npgsql;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>What docs/backup.md says of continuous archiving, on a server of its own.</summary>
[Category("Slow")]
public sealed partial class PointInTimeTests
{
    private const string Said = "SELECT string_agg(content, ' ' ORDER BY sequence) FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%'";

    [Test]
    [CancelAfter(240_000)]
    public async Task The_database_comes_back_as_of_a_moment_and_the_service_goes_on_from_it()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        var server = new NpgsqlConnectionStringBuilder(cluster.ConnectionString);
        var port = FreePort.Find();
        var fences = Fence().Matches((await File.ReadAllTextAsync(Repository.PathTo("docs/backup.md"))).Split("## To a point in time")[1].Replace("5433", $"{port}", StringComparison.Ordinal));
        await using var before = await TestDatabase.CreateAsync(cluster);
        var data = await before.TextAsync("SHOW data_directory");
        var safe = "";
        safe = await AsServerAsync("mktemp -d");
        try
        {
            await AsServerAsync(fences[0].Groups["text"].Value);
            await cluster.RestartAsync();
            before.DataSource.Clear();
            await using var service = await RunningService.StartOnAsync(before);
            var agent = await service.Api.ProvisionAsync("Ada");
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { message = "one" });
            await AsServerAsync(fences[1].Groups["text"].Value);
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { message = "two" });
            await service.Api.CarryOutAsync($"/api/v1/agents/{agent}/pause");
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "waits" });
            var moment = await before.TextAsync("SELECT clock_timestamp()::text");
            await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "lost" });
            await service.DisposeAsync();
            var last = await before.TextAsync("SELECT pg_walfile_name(pg_switch_wal())");
            await Eventually.That(() => before.TextAsync($"SELECT last_archived_wal >= '{last}' FROM pg_stat_archiver"), Is.EqualTo("True"), TimeSpan.FromSeconds(30));

            await AsServerAsync($"moment='{moment}'\n{fences[2].Groups["text"].Value}");
            await using var after = before.RecoveredOn(port);
            await using var again = await RunningService.StartOnAsync(after);

            Assert.That(await after.TextAsync(Said), Is.EqualTo("one two waits"));
            Assert.That(await before.TextAsync(Said), Is.EqualTo("one two waits lost"));
            await again.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");
            await Eventually.That(() => after.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo("3"), TimeSpan.FromSeconds(20));
        }
        finally
        {
            await AsServerAsync($"pg_ctl -D {data}.back -m immediate stop >/dev/null || true\nrm -rf {data}.back {safe}");
        }

        Task<string> AsServerAsync(string lines) => Shell.RunAsync(
            """
            PATH=$PATH:$(dirname "$(ls -d /usr/lib/postgresql/*/bin/pg_ctl | tail -n 1)")
            cd /
            if [[ $(id -u) == 0 ]]; then exec runuser -u postgres -- bash -eu -c "$LINES"; else exec bash -eu -c "$LINES"; fi
            """,
            ("LINES", lines), ("safe", safe), ("data", data), ("PGHOST", server.Host), ("PGPORT", $"{server.Port}"), ("PGUSER", server.Username), ("PGPASSWORD", server.Password));
    }

    [GeneratedRegex("^```sh\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
