using System.Reflection;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class PublicApiTests
{
    [TestCase("Hangfire.Core")]
    [TestCase("Hangfire.AspNetCore")]
    [TestCase("Hangfire.PostgreSql")]
    public async Task Everything_public_stands_word_for_word_in_the_listing_of_the_package(string assembly)
    {
        var listing = await File.ReadAllLinesAsync(Repository.PathTo($"compat/api/{assembly}.txt"));

        Assert.That(PublicApi.Of(Assembly.Load(assembly)).Except(listing), Is.Empty);
    }
}
