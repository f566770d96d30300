using OpenClaw.Tests.Compat.Engine;
using OpenClaw.Tests.Support;
using Twilio.Clients;

namespace OpenClaw.Tests.Compat.Twilio;

[Parallelizable(ParallelScope.All)]
public sealed class TwilioApiTests
{
    // The listing names these as bases of what it lists, and has no lines of their own.
    private static readonly string[] BasesOnly = ["Twilio.Types.StringEnum", "Twilio.Types.IEndpoint"];

    [Test]
    public async Task Everything_public_stands_word_for_word_in_the_listing_of_the_package()
    {
        var listing = await File.ReadAllLinesAsync(Repository.PathTo("compat/api/Twilio.txt"));

        var more = PublicApi.Of(typeof(TwilioRestClient).Assembly).Except(listing).Where(line => !BasesOnly.Any(type => line.StartsWith(type, StringComparison.Ordinal)));

        Assert.That(more, Is.Empty);
        Assert.That(BasesOnly, Is.All.Matches<string>(type => listing.Any(line => line.EndsWith(type, StringComparison.Ordinal))));
    }
}
