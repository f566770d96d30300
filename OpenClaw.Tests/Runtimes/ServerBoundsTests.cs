using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Servers that answer without measure, or send elsewhere.</summary>
public sealed class ServerBoundsTests : ModelServerTests
{
    [TestCase(301)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_conversation_is_not_sent_where_a_redirect_points(int status)
    {
        await using var elsewhere = await FakeProvider.StartAsync();
        Provider.Answer(call =>
        {
            call.Context.Response.StatusCode = status;
            call.Context.Response.Headers.Location = $"{elsewhere.Address}v1/chat/completions?key=secret";
            return Task.CompletedTask;
        });

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("model_not_found", true)));
        Assert.That(failure.Message, Does.Contain(elsewhere.Address.Authority).And.Contain("OPENAI_BASE_URL").And.Not.Contain("secret"));
        Assert.That(elsewhere.Calls, Is.Empty);
    }

    [Test]
    public async Task A_reply_without_end_is_cut_and_its_request_given_up()
    {
        var gone = new Signal();
        Provider.Answer(async call =>
        {
            var part = new string('x', 99_999) + "\ud83d\ude00";
            while (!call.Context.RequestAborted.IsCancellationRequested)
            {
                await call.BeginAsync(part);
            }

            gone.SetResult();
        });

        var reply = await AskAsync();

        Assert.That(reply.Text, Has.Length.LessThanOrEqualTo(AgentReply.MaxLength).And.EndsWith(AgentReply.CutNote));
        await gone.Task.WaitAsync(Patience);
    }

    [TestCase(500, "model_failed")]
    [TestCase(400, "model_refused")]
    public async Task An_error_without_end_is_read_for_a_while(int status, string code)
    {
        var gone = new Signal();
        Provider.Answer(async call =>
        {
            call.Context.Response.StatusCode = status;
            while (!call.Context.RequestAborted.IsCancellationRequested)
            {
                await call.WriteAsync(new string('y', 10_000) + "\ud83d\ude00");
            }

            gone.SetResult();
        });

        var failure = FailureOf(AskAsync());

        Assert.That(failure.Code, Is.EqualTo(code));
        Assert.That(failure.Message, Has.Length.LessThan(1_000));
        await gone.Task.WaitAsync(Patience);
    }

    [Test]
    public void An_event_without_end_is_no_reply()
    {
        Provider.Answer(async call =>
        {
            await call.WriteAsync("data: {\"choices\":[{\"delta\":{\"content\":\"");
            while (!call.Context.RequestAborted.IsCancellationRequested)
            {
                await call.WriteAsync(new string('z', 100_000));
            }
        });

        Assert.That(FailureOf(AskAsync()).Code, Is.EqualTo("model_garbled"));
    }
}
