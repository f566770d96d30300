using System.Net;
using System.Text;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>What a list in a body may not hold is refused by the list's name, null as well as what has the wrong form.</summary>
public sealed class ListInputTests
{
    private const string Agents = "/api/v1/agents";
    private const string Keys = "/api/v1/keys";

    [TestCase("POST", Agents, """{"name":"a","model":"local/echo","heartbeat":{"checklist":["mail",null]}}""", "heartbeat.checklist")]
    [TestCase("POST", Agents + "/provision", """{"name":"a","model":"local/echo","heartbeat":{"checklist":[null]}}""", "heartbeat.checklist")]
    [TestCase("POST", "/api/v1/workflows/bulk", """{"action":"cancel","workflow_uuids":[null]}""", "workflow_uuids")]
    [TestCase("POST", "/api/v1/workflows/bulk", """{"action":"cancel","workflow_uuids":["mail"]}""", "workflow_uuids")]
    [TestCase("PUT", "/api/v1/notifications/rules", """{"events":[null,"agent::"]}""", "events")]
    [TestCase("PUT", "/api/v1/notifications/rules", """{"events":["agent_failed",null]}""", "events")]
    [TestCase("PUT", "/api/v1/notifications/rules", """{"events":[""]}""", "events")]
    [TestCase("POST", Keys, """{"name":"a","scopes":[null]}""", "scopes")]
    [TestCase("POST", Keys, """{"name":"a","scopes":["read"],"agents":[null]}""", "agents")]
    [TestCase("POST", Keys, """{"name":"a","scopes":["read"],"addresses":[null]}""", "addresses")]
    public async Task A_list_that_holds_what_it_may_not_is_refused(string method, string path, string body, string field)
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.CallAsync(new HttpMethod(method), path, new StringContent(body, Encoding.UTF8, "application/json"), []);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity).Or.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorFields, Has.One.StartsWith(field));
    }
}
