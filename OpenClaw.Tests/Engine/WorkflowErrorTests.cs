using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Tests.Engine;

public sealed class WorkflowErrorTests
{
    [TestCase("It failed (503). It is asked again. It said: busy", 6, "It failed (503). It was asked 6 times. It said: busy")]
    [TestCase("It said nothing. It is asked again; a slow model needs a longer MODEL_IDLE_TIMEOUT.", 6, "It said nothing. It was asked 6 times; a slow model needs a longer MODEL_IDLE_TIMEOUT.")]
    [TestCase("It cannot be reached. It is tried again.", 1, "It cannot be reached. It was tried once.")]
    [TestCase("No such number.", 1, "No such number.")]
    [TestCase("It hung up.", 3, "It hung up. It was tried 3 times. Resume the workflow to try on.")]
    public void After_the_last_attempt_none_is_promised(string message, int attempts, string final) =>
        Assert.That(new WorkflowError("code", message).AfterTries(attempts).Message, Is.EqualTo(final));
}
