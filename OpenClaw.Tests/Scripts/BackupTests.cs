using System.Net;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>scripts/backup and scripts/restore on the service as a process: the drill, and what they refuse.</summary>
[Category("Slow")]
public sealed class BackupTests
{
    private const int Killed = 137;
    private const string Replies = "SELECT content FROM openclaw_system.notifications WHERE reply_to IS NOT NULL ORDER BY sequence";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openclaw-backup-");

    private string Backup => Path.Combine(_folder.FullName, "backup.tar");

    [TearDown]
    public void Remove_the_folder() => _folder.Delete(recursive: true);

    [Test]
    [CancelAfter(300_000)]
    public async Task After_a_restore_elsewhere_what_was_in_flight_carries_on_and_what_was_answered_is_not_answered_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var elsewhere = await TestDatabase.CreateAsync();
        await using var lost = new ServiceProcess(database);
        await lost.StartAsync();
        var calm = (await lost.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "calm", model = "recorded/any", heartbeat = new { enabled = false } })).AgentId;
        var answered = await lost.Api.PostAsync($"/api/v1/agents/{calm}/message", new { message = "How are you?" }, ("Idempotency-Key", "question-1"));
        Assert.That((answered.Status, answered.Text("response")), Is.EqualTo((HttpStatusCode.OK, "How are you?")));
        await lost.Api.CarryOutAsync($"/api/v1/agents/{calm}/pause");
        await lost.Api.PostAsync($"/api/v1/agents/{calm}/message", new { content = "Are you awake?" });
        await lost.StopAsync();
        await lost.StartAsync(killAt: "Claimed:start_heartbeat");
        await lost.ProvisionAsync("torn");
        Assert.That(await lost.EndAsync(), Is.EqualTo(Killed));
        await WriteAsync("lost/media/picture", "a picture");
        await WriteAsync("lost/postgres-of-before/data/PG_VERSION", "15");

        await BackUpAsync(database);
        var told = await RestoreAsync(elsewhere);
        await using var found = new ServiceProcess(elsewhere);
        await found.StartAsync();

        Assert.That(told, Does.Contain("agents: 2").And.Contain("1 under way").And.Contain("files: 1"));
        await Eventually.That(() => elsewhere.LinesAsync("SELECT name, status FROM openclaw.agents ORDER BY name"), Is.EqualTo(new[] { "calm|paused", "torn|running" }));
        var repeated = await found.Api.PostAsync($"/api/v1/agents/{calm}/message", new { message = "How are you?" }, ("Idempotency-Key", "question-1"));
        Assert.That(repeated.Id("message_id"), Is.EqualTo(answered.Id("message_id")));
        await found.Api.CarryOutAsync($"/api/v1/agents/{calm}/resume");
        await Eventually.That(() => elsewhere.LinesAsync(Replies), Is.EqualTo(new[] { "How are you?", "Are you awake?" }));
        var calls = RecordedCall.ReadAll(found.RecordingPath);
        Assert.That(calls.Where(call => call.Call == "turn").Select(call => call.AgentId), Is.EqualTo(new[] { calm }), "One message had waited for its agent.");
        Assert.That(calls.Where(call => call.AgentId != calm), Is.Empty, "The other one had been connected before the kill.");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "found/media/picture")), Is.EqualTo("a picture"));
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE status IN ('ENQUEUED', 'PENDING')"), Is.EqualTo("1"), "The database that was backed up is as it was.");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_is_there_is_replaced_only_when_that_is_said_and_the_service_does_not_run()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "first", model = "recorded/any" });
        await BackUpAsync(database);
        await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "second", model = "recorded/any" });

        var running = await TryRestoreAsync(database, "--replace");
        await service.StopAsync();
        var refused = await TryRestoreAsync(database);
        var looked = await TryRestoreAsync(database, "--replace --dry-run");
        var before = await Names();
        await WriteAsync("found/media/picture", "of this node");
        var replaced = await TryRestoreAsync(database, "--replace");

        Assert.That((running.ExitCode, refused.ExitCode, looked.ExitCode, replaced.ExitCode), Is.EqualTo((1, 1, 0, 0)), running.Errors + refused.Errors + looked.Errors + replaced.Errors);
        Assert.That(running.Errors, Does.Contain("the service runs on this database"));
        Assert.That(refused.Errors, Does.Contain("is not empty (agents: 2").And.Contain("--replace"));
        Assert.That(looked.Errors, Does.Contain("agents: 1").And.Contain("Nothing was changed."));
        Assert.That((before, await Names()), Is.EqualTo(("first second", "first")));
        Assert.That(File.Exists(Path.Combine(_folder.FullName, "found/media/picture")), "Files that the backup does not have stay.");

        async Task<string> Names() => string.Join(' ', await database.LinesAsync("SELECT name FROM openclaw.agents ORDER BY name"));
    }

    [Test]
    public async Task A_backup_that_is_damaged_or_cut_short_is_refused_before_anything_is_touched()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var elsewhere = await TestDatabase.CreateAsync();
        await Shell.RunAsync($"dotnet {Path.Combine(AppContext.BaseDirectory, "OpenClaw.Web.dll")} migrate", ("DATABASE_URL", database.Url), ("AUTH_TOKEN", ""));
        await BackUpAsync(database);
        var whole = await File.ReadAllBytesAsync(Backup);
        var mode = await Shell.RunAsync($"stat -c %a {Backup}");

        var damaged = (byte[])whole.Clone();
        damaged[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Backup, damaged);
        var first = await TryRestoreAsync(elsewhere);
        await File.WriteAllBytesAsync(Backup, whole[..(whole.Length / 2)]);
        var second = await TryRestoreAsync(elsewhere);

        Assert.That(mode, Is.EqualTo("600"));
        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(first.Errors, Does.Contain("is damaged"));
        Assert.That(second.Errors, Does.Contain("is no backup"));
        Assert.That(await elsewhere.TextAsync("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'openclaw%'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_cannot_be_backed_up_is_told_without_the_password()
    {
        await using var database = await TestDatabase.CreateAsync();

        var empty = await Shell.TryAsync($"scripts/backup {Backup}", Settings(database.Url, "lost"));
        var nowhere = await Shell.TryAsync($"scripts/backup {Backup}", Settings($"postgresql://somebody:hidden%40word@127.0.0.1:{FreePort.Find()}/there?schema=public&connection_limit=5", "lost"));

        Assert.That((empty.ExitCode, nowhere.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(empty.Errors, Does.Contain("has no tables of the service"));
        Assert.That(nowhere.Errors, Does.Contain("cannot be used").And.Contain("refused").And.Not.Contain("hidden").And.Not.Contain("schema"));
        Assert.That(File.Exists(Backup), Is.False);
    }

    private Task<string> BackUpAsync(TestDatabase database) => Shell.RunAsync($"scripts/backup {Backup}", Settings(database.Url, "lost"));

    private Task<string> RestoreAsync(TestDatabase database) => Shell.RunAsync($"scripts/restore {Backup} 2>&1", Settings(database.Url, "found"));

    private Task<(int ExitCode, string Output, string Errors)> TryRestoreAsync(TestDatabase database, string options = "") =>
        Shell.TryAsync($"scripts/restore {Backup} {options}", Settings(database.Url, "found"));

    private (string Name, string? Value)[] Settings(string url, string folder) =>
        [("DATABASE_URL", url), ("DATABASE_DIRECT_URL", ""), ("DATABASE_DIRECT_URL_FILE", ""), ("OPENCLAW_DATA_DIR", Path.Combine(_folder.FullName, folder))];

    private async Task WriteAsync(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
    }
}
