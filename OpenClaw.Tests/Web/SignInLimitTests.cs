using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Web.Security;

namespace OpenClaw.Tests.Web;

/// <summary>Guessing is limited, and nobody is locked out by what somebody else does.</summary>
public sealed class SignInLimitTests
{
    private readonly FakeTimeProvider _time = new();

    private SignInLimit Limit => field ??= new SignInLimit(_time);

    [Test]
    public void Ten_wrong_tokens_in_a_minute_are_too_many_and_a_minute_later_they_are_forgotten()
    {
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            Assert.That(Fail("203.0.113.7"), Is.EqualTo(TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(Limit.Try(IPAddress.Parse("203.0.113.7"), () => throw new InvalidOperationException("It was compared."), out var retryAfter), Is.False);
        Assert.That(retryAfter, Is.EqualTo(TimeSpan.FromSeconds(50)));

        _time.Advance(retryAfter);
        Assert.That(Limit.Try(IPAddress.Parse("203.0.113.7"), () => true, out _), Is.True);
        Assert.That(Limit.Clients, Is.Zero);
    }

    [Test]
    public void Right_tokens_count_for_nothing()
    {
        for (var attempt = 0; attempt < 100; attempt++)
            Assert.That(Limit.Try(IPAddress.Loopback, () => true, out _), Is.True);
    }

    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("::1", "127.0.0.1", false)]
    public void A_client_is_an_address_or_a_64_of_IPv6(string one, string other, bool same)
    {
        for (var attempt = 0; attempt < 10; attempt++)
            Fail(one);

        Assert.That(Fail(other) > TimeSpan.Zero, Is.EqualTo(same));
    }

    [Test]
    public void At_once_no_more_are_compared_than_one_after_the_other()
    {
        var compared = 0;

        Parallel.For(0, 1_000, _ => Limit.Try(IPAddress.Loopback, () => { Interlocked.Increment(ref compared); return false; }, out TimeSpan _));

        Assert.That(compared, Is.EqualTo(SignInLimit.MostFailures));
    }

    [Test]
    public void Whenever_they_come_no_more_than_ten_of_a_client_are_compared_in_the_minute_of_the_first() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            pauses =>
            {
                var time = new FakeTimeProvider();
                var limit = new SignInLimit(time);
                var (begun, compared) = (DateTimeOffset.MinValue, 0);
                return pauses.SelectMany(pause => Enumerable.Repeat(pause, 4)).All(pause =>
                {
                    time.Advance(TimeSpan.FromSeconds(pause % 5));
                    limit.Try(IPAddress.Loopback, () => { (begun, compared) = time.GetUtcNow() - begun < TimeSpan.FromMinutes(1) ? (begun, compared + 1) : (time.GetUtcNow(), 1); return false; }, out _);
                    return compared <= SignInLimit.MostFailures && limit.Clients == 1;
                });
            }));

    [Test]
    public void An_attacker_with_many_addresses_fills_no_memory()
    {
        for (var number = 0; number < SignInLimit.MostClients + 500; number++)
            Limit.Try(new IPAddress(0x0A000000L + number), () => false, out _);

        Assert.That(Limit.Clients, Is.EqualTo(SignInLimit.MostClients));
    }

    private TimeSpan Fail(string address)
    {
        Assert.That(Limit.Try(IPAddress.Parse(address), () => false, out var retryAfter), Is.False);
        return retryAfter;
    }
}
