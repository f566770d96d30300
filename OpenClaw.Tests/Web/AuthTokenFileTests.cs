using OpenClaw.Web.Security;

namespace OpenClaw.Tests.Web;

public sealed class AuthTokenFileTests
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"openclaw-token-{Guid.NewGuid():N}");

    [TearDown]
    public void Remove_the_directory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_token_of_256_bits_is_made_once_and_only_its_owner_can_read_it()
    {
        var file = new AuthTokenFile(_directory);

        var token = file.ReadOrCreate();

        Assert.That(token, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(file.ReadOrCreate(), Is.EqualTo(token));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(file.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task Processes_that_start_at_the_same_instant_agree_on_one_token_and_leave_no_other_file()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => new AuthTokenFile(_directory).ReadOrCreate())));

        Assert.That(tokens.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_empty_file_is_an_error_that_says_what_to_do()
    {
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Path.Combine(_directory, "auth-token"), "");

        Assert.That(() => new AuthTokenFile(_directory).ReadOrCreate(), Throws.InstanceOf<IOException>().With.Message.Contains("Delete it"));
    }
}
