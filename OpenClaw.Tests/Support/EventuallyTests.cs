namespace OpenClaw.Tests.Support;

public sealed class EventuallyTests
{
    [Test]
    public async Task The_first_value_that_holds_is_returned_past_values_and_errors_that_do_not()
    {
        var looks = 0;

        var value = await Eventually.That(
            () => ++looks == 1 ? throw new InvalidOperationException("not up yet") : looks, Is.GreaterThan(3));

        Assert.That(value, Is.EqualTo(4));
    }

    [Test]
    public void When_time_is_up_the_last_value_is_told()
    {
        var failure = Assert.ThrowsAsync<AssertionException>(
            () => Eventually.That(() => 7, Is.EqualTo(8), TimeSpan.FromMilliseconds(50)));

        Assert.That(failure!.Message, Does.Contain("Expected: 8").And.Contain("But was:  7"));
    }
}
