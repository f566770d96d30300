using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>
/// Has a person say yes before something is ended for good. A client that can ask its person is made to; what it says instead
/// by itself does not count. Others say <c>confirm: true</c>, after they were told what will happen.
/// </summary>
internal sealed class Confirmation(RequestContext<CallToolRequestParams> request)
{
    private const string Question = "confirm";

    /// <summary>Returns when it may be done.</summary>
    /// <param name="call">The call that is to do it.</param>
    /// <param name="what">What will happen, in sentences.</param>
    /// <exception cref="InputRequiredException">The client is to ask, and to call again with the answer.</exception>
    /// <exception cref="ToolRefusedException">It is not, or not yet, meant.</exception>
    public void Require(ToolCall call, string what)
    {
        if (request.Server.ClientCapabilities?.Elicitation?.Form is null)
        {
            if (call.Flag(ToolArgument.Confirm.Name) is not true)
            {
                throw new ToolRefusedException("confirmation_needed", $"{what} Nothing was done yet. Ask the person whether that is meant; if so, call {call.Tool.Name} again with confirm: true.");
            }

            return;
        }

        if (Answer(what) is not { } answer)
        {
            throw new InputRequiredException(new Dictionary<string, InputRequest> { [Question] = InputRequest.ForElicitation(Ask(what)) }, StateOf(what));
        }

        if (!answer.IsAccepted || answer.Content?.TryGetValue(Question, out var said) is not true || said.ValueKind is not JsonValueKind.True)
        {
            throw new ToolRefusedException("not_confirmed", "The person was asked, and did not say yes. Nothing was done.");
        }
    }

    // An answer to another question, because things have changed since, is none.
    private ElicitResult? Answer(string what) =>
        request.Params is { InputResponses: { } answers } given && given.RequestState == StateOf(what) && answers.TryGetValue(Question, out var answer)
            ? answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo)
            : null;

    private static string StateOf(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)));

    private static ElicitRequestParams Ask(string what) => new()
    {
        Message = what,
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
            {
                [Question] = new ElicitRequestParams.BooleanSchema { Title = "Yes, do it", Description = "Without it nothing is done." },
            },
            Required = [Question],
        },
    };
}
