using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Web.Security;

namespace OpenClaw.Tests.Web;

/// <summary>Guessing is limited, and nobody is locked out by what somebody else does.</summary>
public sealed class SignInLimitTests
{
    private readonly FakeTimeProvider _time = new();

    private SignInLimit Limit => field ??= LimitAt(_time);

    [Test]
    public void Ten_wrong_tokens_in_a_minute_are_too_many_and_a_minute_later_they_are_forgotten()
    {
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            Assert.That(Fail("203.0.113.7"), Is.EqualTo(TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(Fail("203.0.113.7"), Is.EqualTo(TimeSpan.FromSeconds(50)));

        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.That(Fail("203.0.113.8"), Is.EqualTo(TimeSpan.Zero));
        Assert.That(Limit.Clients, Is.EqualTo(1));
    }

    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("::1", "127.0.0.1", false)]
    public void A_client_is_an_address_or_a_64_of_IPv6(string one, string other, bool same)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Fail(one);
        }

        Assert.That(Fail(other) > TimeSpan.Zero, Is.EqualTo(same));
    }

    [Test]
    public void At_once_no_more_are_let_off_than_one_after_the_other()
    {
        var letOff = 0;

        Parallel.For(0, 1_000, _ =>
        {
            if (Limit.Failed(IPAddress.Loopback) == TimeSpan.Zero)
            {
                Interlocked.Increment(ref letOff);
            }
        });

        Assert.That(letOff, Is.EqualTo(SignInLimit.MostFailures));
    }

    [Test]
    public void Whenever_they_come_no_more_than_ten_of_a_client_are_let_off_in_the_minute_of_the_first() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            pauses =>
            {
                var time = new FakeTimeProvider();
                var limit = LimitAt(time);
                var (begun, letOff) = (DateTimeOffset.MinValue, 0);
                return pauses.SelectMany(pause => Enumerable.Repeat(pause, 4)).All(pause =>
                {
                    time.Advance(TimeSpan.FromSeconds(pause % 5));
                    if (limit.Failed(IPAddress.Loopback) == TimeSpan.Zero)
                    {
                        (begun, letOff) = time.GetUtcNow() - begun < TimeSpan.FromMinutes(1) ? (begun, letOff + 1) : (time.GetUtcNow(), 1);
                    }

                    return letOff <= SignInLimit.MostFailures && limit.Clients == 1;
                });
            }));

    [Test]
    public void An_attacker_with_many_addresses_fills_no_memory()
    {
        for (var number = 0; number < SignInLimit.MostClients + 500; number++)
        {
            Limit.Failed(new IPAddress(0x0A000000L + number));
        }

        Assert.That(Limit.Clients, Is.EqualTo(SignInLimit.MostClients));
    }

    private TimeSpan Fail(string address) => Limit.Failed(IPAddress.Parse(address));

    private static SignInLimit LimitAt(TimeProvider time) => new(time, NullLogger<SignInLimit>.Instance);
}
