using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>scripts/package around a service that stands for the published one: it starts what the tests were built from.</summary>
public sealed partial class PackageTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openclaw-package-");

    [TearDown]
    public void Remove_the_folder() => _folder.Delete(recursive: true);

    [Test]
    [CancelAfter(120_000)]
    public async Task What_the_tarball_holds_serves_by_one_command_and_is_backed_up_by_another()
    {
        await using var database = await TestDatabase.CreateAsync();
        await MakeAsync("tarball");
        await Shell.RunAsync($"tar -xzf {_folder.FullName}/made/*.tar.gz -C {_folder.FullName} && mv {_folder.FullName}/openclaw-backend-* {_folder.FullName}/installed");
        var command = Path.Combine(_folder.FullName, "installed/openclaw-backend");
        var port = FreePort.Find();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "installed/.env"), $"DATABASE_URL={database.Url}\nPORT={port}\nLOG_LEVEL=error\n");
        (string, string?)[] nothing = [("DATABASE_URL", null), ("PORT", null), ("HOST", null), ("AUTH_TOKEN", null), ("OPENCLAW_DATA_DIR", null), ("OPENCLAW_URL", null)];

        using var service = Shell.Start($"exec {command} run", nothing);
        try
        {
            using var client = new HttpClient();
            await Eventually.That(async () => (await client.GetAsync($"http://127.0.0.1:{port}/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(60));
            var agent = await Shell.RunAsync($"{command} claw POST /agents/provision '{{\"name\":\"Ada\",\"model\":\"local/echo\"}}' --only name,status", nothing);
            var backup = await Shell.TryAsync($"{command} backup", nothing);

            Assert.That(agent, Is.EqualTo("Ada  running"));
            Assert.That(backup.ExitCode, Is.Zero, backup.Errors);
            Assert.That(Directory.GetFiles(Path.Combine(_folder.FullName, "installed/.data/backups")), Has.Length.EqualTo(1));
        }
        finally
        {
            using var stop = Process.Start("kill", ["-TERM", $"{service.Id}"]);
            await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task The_deb_has_its_command_its_unit_and_its_settings_where_Debian_looks_for_them_and_all_of_it_is_roots()
    {
        Needs("dpkg-deb");
        await MakeAsync("deb");
        var deb = Directory.GetFiles(Path.Combine(_folder.FullName, "made"), "*.deb").Single();

        var contents = await Shell.RunAsync($"dpkg-deb --contents {deb}");
        var control = await Shell.RunAsync($"dpkg-deb --field {deb}");
        await Shell.RunAsync($"dpkg-deb --extract {deb} {_folder.FullName}/tree && dpkg-deb --control {deb} {_folder.FullName}/control && sh -n {_folder.FullName}/control/postinst");

        Assert.That(contents.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Distinct(), Is.EqualTo(new[] { "root/root" }));
        Assert.That(contents, Does.Contain("./usr/bin/openclaw-backend -> ../lib/openclaw-backend/openclaw-backend").And.Contain("./usr/lib/systemd/system/openclaw-backend.service"));
        Assert.That(contents, Does.Match(@"-rw------- .* \./etc/openclaw-backend/settings").And.Not.Contain("@"));
        Assert.That(control, Does.Contain("Package: openclaw-backend").And.Match(@"Version: \d").And.Match(@"Installed-Size: \d").And.Not.Contain("@VERSION@"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "control/conffiles")), Is.EqualTo("/etc/openclaw-backend/settings\n"));
        Assert.That(await Shell.RunAsync($"{_folder.FullName}/tree/usr/bin/openclaw-backend run --help"), Does.Contain("DATABASE_URL"));
    }

    [Test]
    [CancelAfter(240_000)]
    [Category("Slow")]
    public async Task What_the_image_holds_serves_as_a_user_without_rights_on_a_root_that_is_not_written()
    {
        Needs("mmdebstrap");
        Needs("umoci");
        Needs("bwrap");
        await using var database = await TestDatabase.CreateAsync();
        await MakeAsync("image");
        await Shell.RunAsync($"cd {_folder.FullName} && mkdir layout data && tar -C layout -xf made/*.oci.tar && umoci unpack --rootless --image layout:$(umoci ls --layout layout) bundle");
        using var bundle = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "bundle/config.json")));
        var process = bundle.RootElement.GetProperty("process");
        Assert.That(process.GetProperty("user").GetRawText(), Does.Contain("10001"));
        Assert.That(await Shell.RunAsync($"grep -c BEGIN {_folder.FullName}/bundle/rootfs/etc/ssl/certs/ca-certificates.crt; cat {_folder.FullName}/bundle/rootfs/etc/passwd"), Does.Match("^[1-9][0-9]+\nopenclaw:x:10001:"));

        // As a container is run, but for what stands for the published service: that is where it was built.
        var port = FreePort.Find();
        var variables = process.GetProperty("env").EnumerateArray().Select(each => each.GetString()!).Append($"DATABASE_URL={database.Url}").Append($"PORT={port}").Append("AUTH_TOKEN=a-token-of-the-image-0123456789");
        var set = string.Concat(variables.Select(each => each.Split('=', 2)).Select(each => $" --setenv {each[0]} '{each[1]}'"));
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        await Shell.RunAsync($"mkdir -p {_folder.FullName}/bundle/rootfs{dotnet} {_folder.FullName}/bundle/rootfs{AppContext.BaseDirectory}");
        using var service = Shell.Start(
            $"exec bwrap --ro-bind {_folder.FullName}/bundle/rootfs / --bind {_folder.FullName}/data /data --proc /proc --dev /dev --ro-bind {dotnet} {dotnet} --ro-bind {AppContext.BaseDirectory} {AppContext.BaseDirectory}"
            + $" --unshare-user --unshare-pid --uid 10001 --gid 10001 --cap-drop ALL --die-with-parent --clearenv{set} --setenv PATH {dotnet}:/usr/bin:/bin --chdir /data {process.GetProperty("args")[0]}");
        try
        {
            using var client = new HttpClient();
            await Eventually.That(async () => (await client.GetAsync($"http://127.0.0.1:{port}/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(60));
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }
    }

    [Test]
    public async Task The_unit_is_one_that_systemd_takes_and_gives_the_service_little()
    {
        Needs("systemd-analyze");
        var unit = Path.Combine(_folder.FullName, "openclaw-backend.service");
        // The command is where a package puts it, which is not this machine.
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(Repository.PathTo("deploy/openclaw-backend.service"))).Replace("/usr/bin/openclaw-backend", "/bin/true"));

        var verified = await Shell.TryAsync($"systemd-analyze verify {unit} 2>&1");
        var exposed = await Shell.RunAsync($"systemd-analyze security --offline=true --no-pager {unit}");

        Assert.That((verified.ExitCode, Complaints(verified.Output)), Is.EqualTo((0, "")));
        Assert.That(double.Parse(Exposure().Match(exposed).Groups["level"].Value, CultureInfo.InvariantCulture), Is.LessThan(2.5), exposed);

        // Of other units of the machine it may say what it likes.
        static string Complaints(string output) => string.Join('\n', output.Split('\n').Where(line => line.Contains("openclaw-backend", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_kind_that_there_is_not_and_a_folder_without_a_service_are_told()
    {
        var kind = await Shell.TryAsync("scripts/package rpm");
        var empty = await Shell.TryAsync($"scripts/package folder --app {_folder.FullName} --output {_folder.FullName}/made");

        Assert.That((kind.ExitCode, empty.ExitCode), Is.EqualTo((2, 1)));
        Assert.That(kind.Errors, Does.Contain("unknown argument rpm"));
        Assert.That(empty.Errors, Does.Contain("OpenClaw.Web is missing there"));
    }

    // Where Debian's own tools are missing, what they would say is left out.
    private static void Needs(string tool)
    {
        if (!File.Exists($"/usr/bin/{tool}"))
        {
            Assert.Ignore($"There is no {tool} here.");
        }
    }

    private async Task MakeAsync(string kind)
    {
        var app = Directory.CreateDirectory(Path.Combine(_folder.FullName, "app"));
        var service = Path.Combine(app.FullName, "OpenClaw.Web");
        await File.WriteAllTextAsync(service, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "OpenClaw.Web.dll")}' \"$@\"\n");
        await Shell.RunAsync($"chmod 700 {service} && scripts/package {kind} --app {app.FullName} --output {_folder.FullName}/made");
    }

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>[0-9.]+)")]
    private static partial Regex Exposure();
}
