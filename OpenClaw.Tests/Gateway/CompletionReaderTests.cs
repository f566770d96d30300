using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Web.Gateway.Http;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Tests.Gateway;

/// <summary>What the body of a completion says is used, or refused by its name.</summary>
public sealed class CompletionReaderTests
{
    private const string Picture = "data:image/png;base64,iVBORw0KGgo=";

    [Test]
    public void The_conversation_is_read_as_it_was_sent()
    {
        var request = Read("""
            {"model":"openclaw","messages":[
              {"role":"system","content":"Answer in French."},
              {"role":"developer","content":[{"type":"text","text":"Be brief."}]},
              {"role":"user","name":"Ann","content":"My name is Ada."},
              {"role":"assistant","content":"Noted.","refusal":null},
              {"role":"user","content":[{"type":"text","text":"Who "},{"type":"text","text":"am I?"}]}]}
            """);

        Assert.That(request.Text, Is.EqualTo("Who am I?"));
        Assert.That(request.Context!.Instructions, Is.EqualTo("Answer in French.\n\nBe brief."));
        Assert.That(Lines(request), Is.EqualTo(new[] { "user: Ann: My name is Ada.", "agent: Noted." }));
    }

    [Test]
    public void Calls_of_tools_and_their_results_are_text()
    {
        var request = Read("""
            {"messages":[
              {"role":"user","content":"What is 2+2?"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"calc","arguments":"{\"a\":2}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"4"}]}
            """);

        Assert.That(request.Text, Is.EqualTo("[The tool calc answered: 4]"));
        Assert.That(Lines(request), Is.EqualTo(new[] { "user: What is 2+2?", "agent: [Called the tool calc with {\"a\":2}]" }));
    }

    [Test]
    public void Pictures_stay_with_their_messages()
    {
        var request = Read($$$"""
            {"messages":[
              {"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{Picture}}}"}},{"type":"text","text":"first"}]},
              {"role":"assistant","content":"a cat"},
              {"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{Picture}}}"}}]}]}
            """);

        Assert.That((request.Text, request.Context!.Pictures.Count, request.Context.Earlier[0].Pictures.Count), Is.EqualTo(("[picture]", 1, 1)));
        Assert.That(request.Context.Pictures[0], Is.EqualTo(new Picture("image/png", "iVBORw0KGgo=")));
    }

    [Test]
    public void A_message_alone_has_nothing_with_it_and_bookkeeping_changes_nothing()
    {
        var request = Read("""
            {"model":"gpt","messages":[{"role":"user","content":"x"}],"n":1,"tools":[],"tool_choice":"auto","response_format":{"type":"text"},"presence_penalty":0,
             "logprobs":false,"store":true,"metadata":{"a":"b"},"stop":null,"seed":null,"functions":null,"parallel_tool_calls":true}
            """);

        Assert.That((request.Text, request.Context, request.Stream), Is.EqualTo(("x", (TurnContext?)null, false)));
    }

    [Test]
    public void How_the_reply_is_to_be_made_is_passed_on()
    {
        var request = Read("""{"messages":[{"role":"user","content":"x"}],"max_tokens":5,"max_completion_tokens":7,"temperature":0.5,"top_p":1,"stop":["END","STOP"],"stream":true,"stream_options":{"include_usage":true}}""");

        var reply = request.Context!.Reply!;
        Assert.That((reply.MaxTokens, reply.Temperature, reply.TopP, request.Stream, request.StreamUsage), Is.EqualTo((7, 0.5f, 1f, true, true)));
        Assert.That(reply.Stop, Is.EqualTo(new[] { "END", "STOP" }));
    }

    [TestCase("""{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"function"}]}""", "tools is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"tool_choice":"required"}""", "tool_choice is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"functions":[{"name":"f"}]}""", "functions is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"n":2}""", "n is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_object"}}""", "response_format is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"logprobs":true}""", "logprobs is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"seed":7}""", "seed is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"reasoning_effort":"high"}""", "reasoning_effort is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"top_k":40}""", "Unrecognized request argument supplied: top_k")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"temperature":3}""", "temperature must be a number from 0 to 2")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens must be a number from 1")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"stop":["a","b","c","d","e"]}""", "stop must be")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}}""", "stream_options is only for a stream")]
    [TestCase("""{"messages":[{"role":"user","content":"x"}],"stream":"yes"}""", "stream must be true or false")]
    [TestCase("""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"It is"}]}""", "The last message must be the user's")]
    [TestCase("""{"messages":[{"role":"system","content":"only this"}]}""", "user message")]
    [TestCase("""{"messages":[{"role":"user","content":""}]}""", "user message")]
    [TestCase("""{"messages":[{"role":"owner","content":"x"}]}""", "messages[0].role must be one of")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""", "\"input_audio\" is not supported")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]}""", "addresses are not fetched")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,AAAA"}}]}]}""", "image/png")]
    [TestCase("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,!!"}}]}]}""", "not valid base64")]
    [TestCase("""{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}""", "only the user's messages")]
    [TestCase("""{"messages":[{"role":"user","content":"half \ud83d"}]}""", "no valid Unicode")]
    [TestCase("[]", "must be a JSON object")]
    public void What_is_not_done_is_refused_by_its_name(string body, string reason) =>
        Assert.That(() => Read(body), Throws.TypeOf<GatewayException>().With.Message.Contains(reason));

    [TestCase("openclaw", null)]
    [TestCase("OpenClaw", null)]
    [TestCase("openclaw/default", null)]
    [TestCase("openclaw/ada", "ada")]
    [TestCase("openclaw:ada", "ada")]
    [TestCase("agent:ada", "ada")]
    [TestCase("agent:default", "default")]
    [TestCase("ada", "ada")]
    [TestCase("小助手", "小助手")]
    [TestCase("openai/gpt-4o", "openai/gpt-4o")]
    public void A_model_names_an_agent_in_every_form(string model, string? agent) => Assert.That(AgentModel.AgentOf(model), Is.EqualTo(agent));

    [TestCase("")]
    [TestCase("openclaw/")]
    [TestCase("agent:")]
    public void A_model_that_names_nobody_is_not_the_default_agent(string model) =>
        Assert.That(() => AgentModel.AgentOf(model), Throws.TypeOf<GatewayException>().With.Message.Contains("Unknown model"));

    [Test]
    public void Whatever_is_sent_is_read_or_refused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(60),
        Prop.ForAll(
            JsonSoup.Of("model", "messages", "role", "user", "assistant", "system", "tool", "content", "type", "text", "image_url", "url", "tool_calls", "function", "name", "id", "stop", "stream", "max_tokens", "temperature", "n", "stream_options", "include_usage"),
            body =>
            {
                foreach (var whole in new[] { body, $$"""{"messages":[{"role":"user","content":{{body}}}]}""", $$"""{"messages":[{{body}},{"role":"user","content":"x"}]}""" })
                {
                    Refusable(() => Read(whole));
                }
            }));

    [Test]
    public void Whatever_a_hook_is_sent_is_read_or_refused()
    {
        var mappings = HookMappings.Parse("""{"presets":["gmail"],"mappings":[{"match":{"path":"ci"},"messageTemplate":"{{a.b[0]}} {{payload}} {{text}} {{headers.x}} {{path}}","sessionKey":"hook:{{text}}"}]}""");
        var http = new DefaultHttpContext().Request;

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000).WithEndSize(60),
            Prop.ForAll(
                JsonSoup.Of("text", "message", "mode", "now", "agentId", "sessionKey", "deliver", "timeoutSeconds", "waitForCompletion", "name", "a", "b", "messages", "from", "idempotencyKey"),
                body =>
                {
                    var json = JsonDocument.Parse(body).RootElement;
                    Refusable(() => HookReader.Wake(json));
                    Refusable(() => HookReader.Agent(json));
                    Refusable(() => mappings.Read("ci", json, http));
                    Refusable(() => mappings.Read("gmail", json, http));
                }));
    }

    [TestCase("{}", "")]
    [TestCase("""{"hooks":{"mappings":[{"match":{"path":"ci"},"messageTemplate":"x"}]}} // as in openclaw.json""", "")]
    [TestCase("[", "it is not JSON: line 1")]
    [TestCase("""{"presets":["slack"]}""", "\"slack\" is not known")]
    [TestCase("""{"mappings":[{"match":{"path":"ci"},"messageTemplate":"x","transform":{"module":"a.js"}}]}""", "unexpected property 'transform'")]
    [TestCase("""{"mappings":[{"match":{"path":"ci"}}]}""", "messageTemplate must be")]
    [TestCase("""{"mappings":[{"match":{"path":"ci"},"action":"run","messageTemplate":"x"}]}""", "action must be agent or wake")]
    [TestCase("""{"mappings":[{"messageTemplate":"x"}]}""", "mappings[0].match must be")]
    [TestCase("""{"mappings":[{"match":{"path":"ci"},"messageTemplate":"x","deliver":true}]}""", "mappings[0].deliver")]
    public void A_file_of_hooks_is_read_or_says_what_is_wrong_in_it(string json, string problem)
    {
        if (problem.Length == 0)
        {
            Assert.That(() => HookMappings.Parse(json), Throws.Nothing);
        }
        else
        {
            Assert.That(() => HookMappings.Parse(json), Throws.TypeOf<FormatException>().With.Message.Contains(problem));
        }
    }

    private static CompletionRequest Read(string body) => CompletionReader.Read(JsonDocument.Parse(body).RootElement);

    private static IEnumerable<string> Lines(CompletionRequest request) =>
        request.Context!.Earlier.Select(message => $"{(message.FromAgent ? "agent" : "user")}: {message.Text}");

    private static void Refusable(Action read)
    {
        try
        {
            read();
        }
        catch (GatewayException refusal)
        {
            Assert.That(refusal.Message.Length, Is.LessThan(1_000));
        }
        catch (InvalidOperationException exception) when (JsonBody.IsBadText(exception))
        {
            // The endpoint of hooks answers it: a text is no valid Unicode.
        }
    }
}
