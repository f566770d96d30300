using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>scripts/import-dbos on databases that the real SDK from npm wrote. Where node or the package cannot be had, the test says so and is ignored.</summary>
[Category("Slow")]
public sealed class ImportDbosTests
{
    private const string Ada = "aaaaaaaa-0000-4000-8000-000000000001";
    private const string Succeeded = "11111111-1111-4111-8111-111111111111";
    private const string Failed = "22222222-2222-4222-8222-222222222222";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openclaw-dbos-");

    [TearDown]
    public void Remove_the_folder() => _folder.Delete(recursive: true);

    [TestCase("1.30.13", "Step reached maximum retries.")]
    [TestCase("2.10.24", "no such agent")]
    [TestCase("3.5.8", "no such agent")]
    [TestCase("4.27.6", "no such agent")]
    [TestCase("5.3.0", "no such agent")]
    [CancelAfter(300_000)]
    public async Task What_the_SDK_wrote_is_tried_brought_once_and_carries_on(string version, string error)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        // The SDK takes names of up to 31 characters, and makes a second database whose name begins with this one.
        var name = $"dbos{version[0]}_{Guid.NewGuid():N}"[..20];
        await database.ExecuteAsync($"CREATE DATABASE {name}");
        try
        {
            var source = $"{database.Url[..database.Url.LastIndexOf('/')]}/{name}";
            await FillAsync(version, source);

            var tried = await ImportAsync(database, source);
            Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw.agents"), Is.EqualTo("0"));
            var brought = await ImportAsync(database, $"{source} --apply");
            var again = await ImportAsync(database, $"{source} --apply");

            Assert.That(brought, Does.Contain("agents: 2 found, 2 new").And.Contain("messages of conversations: 4 found, 3 new")
                .And.Contain("messages under way: 1 found, 1 new").And.Contain("workflows that ended: 2 found, 2 new"));
            Assert.That(tried, Is.EqualTo(brought));
            Assert.That(again, Does.Not.Match("[1-9][0-9]* new"));
            Assert.That(await database.LinesAsync("SELECT workflow_uuid, status FROM openclaw_system.workflow_status WHERE version = 0 ORDER BY 1"),
                Is.EqualTo(new[] { $"{Succeeded}|SUCCESS", $"{Failed}|ERROR" }));
            Assert.That(await database.TextAsync($"SELECT error ->> 'message' FROM openclaw_system.workflow_status WHERE workflow_uuid = '{Failed}'"), Is.EqualTo(error), "As that SDK says it.");

            await service.Api.CarryOutAsync($"/api/v1/agents/{Ada}/provision");
            await Eventually.That(() => database.TextAsync("SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY sequence DESC LIMIT 1"),
                Does.EndWith("pending \"\\ text"));
        }
        finally
        {
            await database.ExecuteAsync($"DROP DATABASE IF EXISTS {name}_dbos_sys WITH (FORCE)");
            await database.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private async Task FillAsync(string version, string source)
    {
        (string, string?)[] settings = [("FOLDER", _folder.FullName), ("VERSION", version), ("SOURCE", source), ("DBOS", Repository.PathTo("OpenClaw.Tests/Scripts/Dbos"))];
        var (code, _, errors) = await Shell.TryAsync("npm install --prefix \"$FOLDER\" --no-audit --no-fund --loglevel error --ignore-scripts \"@dbos-inc/dbos-sdk@$VERSION\"", settings);
        if (code != 0)
        {
            Assert.Ignore($"The SDK cannot be had from npm here: {errors}");
        }

        await Shell.RunAsync("cp \"$DBOS/fill.mjs\" \"$FOLDER\" && cd \"$FOLDER\" && timeout 120 node fill.mjs \"$SOURCE\" >log 2>&1 || { cat log; exit 1; }", settings);
        await Shell.RunAsync("source scripts/lib/common.sh && source scripts/lib/database.sh && find_client && \"$bin/psql\" -X -q -v ON_ERROR_STOP=1 -d \"$SOURCE\" -f \"$DBOS/application.sql\"", settings);
    }

    private Task<string> ImportAsync(TestDatabase database, string arguments) => Shell.RunAsync(
        $"scripts/import-dbos {arguments}",
        ("DATABASE_URL", database.Url), ("DATABASE_DIRECT_URL", ""), ("DATABASE_MIGRATION_URL", ""), ("OPENCLAW_DATA_DIR", _folder.FullName));
}
