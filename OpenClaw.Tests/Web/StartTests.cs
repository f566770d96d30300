using System.Diagnostics;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Web;

/// <summary>The service as a process, as an operator starts it.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Wrong_settings_are_all_listed_and_end_the_start_with_78()
    {
        var (exitCode, output, errors) = await RunAsync([], ("PORT", "x"), ("HOST", "0.0.0.0"), ("DATABASE_URL", "postgresql://u:hidden@h/d/e"));

        Assert.That(exitCode, Is.EqualTo(78));
        Assert.That(errors, Does.StartWith("3 settings are wrong:").And.Contains("- PORT").And.Contains("- AUTH_TOKEN").And.Contains("- DATABASE_URL"));
        Assert.That(output + errors, Does.Not.Contain("hidden").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Migrating_says_what_it_did_and_a_second_time_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();

        var first = await RunAsync(["migrate"], ("DATABASE_URL", database.Url));
        var second = await RunAsync(["migrate"], ("DATABASE_URL", database.Url));

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.Errors + second.Errors);
        Assert.That(first.Output, Does.Contain("migrated by"));
        Assert.That(second.Output, Does.Contain("up to date already"));
    }

    [Test]
    public async Task A_database_that_does_not_exist_is_one_clear_line()
    {
        await using var database = await TestDatabase.CreateAsync();

        var (exitCode, _, errors) = await RunAsync([], ("DATABASE_URL", database.Url + "_nowhere"));

        Assert.That(exitCode, Is.EqualTo(69));
        Assert.That(errors.Trim(), Does.StartWith("The database at").And.Contain("does not exist").And.Not.Contain("\n"));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("openclaw-start-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpenClaw.Web.dll"), .. arguments])
            {
                WorkingDirectory = directory.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in settings)
            {
                start.Environment[name] = value;
            }

            using var deadline = new CancellationTokenSource(Patience);
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
