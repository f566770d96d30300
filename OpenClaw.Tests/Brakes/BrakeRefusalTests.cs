using System.Net;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Brakes;

/// <summary>What is no brake. None is set here: the service is shared.</summary>
public sealed class BrakeRefusalTests
{
    [TestCase("""{"mode":"faster"}""", 422, "mode")]
    [TestCase("""{}""", 422, "mode")]
    [TestCase("""{"mode":"abort","reason":""}""", 422, "reason")]
    [TestCase("""{"mode":"abort","why":"x"}""", 400, null)]
    [TestCase("""{"mode":"abort","everything":true,"agent_id":"0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"}""", 422, "everything")]
    [TestCase("""{"mode":"abort","agent_id":"0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"}""", 404, null)]
    public async Task A_brake_that_cannot_be_set_is_refused(string body, int status, string? field)
    {
        var service = await SharedService.GetAsync();

        var refused = await service.Api.PostTextAsync("/api/v1/brakes", body);

        Assert.That((int)refused.Status, Is.EqualTo(status), refused.Body.ToString());
        Assert.That(field is null || refused.ErrorFields.SequenceEqual([field]), refused.Body.ToString());
        Assert.That((await service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{Guid.NewGuid()}", null, [])).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
