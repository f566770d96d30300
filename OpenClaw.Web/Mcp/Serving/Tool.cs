using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>Something that clients may have done. It binds, and calls the services that the REST API calls.</summary>
/// <param name="Name">Clients keep it: never rename one.</param>
/// <param name="Description">For the model that picks it.</param>
/// <param name="Scope">What a key needs to have.</param>
/// <param name="Arguments">All that it takes.</param>
/// <param name="Run">Does it.</param>
internal sealed record Tool(string Name, string Description, string Scope, IReadOnlyList<ToolArgument> Arguments, Func<ToolCall, Task<ToolAnswer>> Run)
{
    /// <summary>It is about one agent, or keeps to those that the key is for: a key for some agents alone may use it.</summary>
    public bool IsOfAgents { get; init; }

    /// <summary>It shows what is of the whole service.</summary>
    public bool IsOfHouse { get; init; }

    /// <summary>It ends what cannot be had back, gives somebody access or lifts a limit: a person is asked first.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>What it does of the REST API: methods and routes below <c>/api/v1</c>. A test holds that all of it is done by some tool.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    public bool IsReading => Scope == KeyScopes.Read || (Rest.Count > 0 && Rest.All(action => action.StartsWith("GET ", StringComparison.Ordinal)));

    /// <summary>Its arguments as a JSON schema.</summary>
    public JsonElement Schema
    {
        get
        {
            var properties = new JsonObject();
            foreach (var argument in Arguments)
            {
                var property = (JsonObject)JsonNode.Parse(argument.Schema)!;
                property["description"] = argument.Description;
                properties[argument.Name] = property;
            }

            var schema = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray([.. Arguments.Where(argument => argument.IsRequired).Select(argument => (JsonNode)argument.Name)]),
                ["additionalProperties"] = false,
            };
            return JsonSerializer.SerializeToElement(schema);
        }
    }
}

/// <summary>The tools of an area.</summary>
internal interface IToolbox
{
    IEnumerable<Tool> Tools { get; }
}
