using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Gateway.Members;

/// <summary>A member of the protocol that clients send and no method of ours reads.</summary>
/// <param name="Reason">
/// Of one that is passed over: why no answer is another one for it. Of one that is refused: the sentence that its sender is
/// told, with what to do instead.
/// </param>
/// <param name="IsRefused">Whether the value asks for something that is not done here.</param>
internal sealed record ClientMember(string Reason, Func<JsonElement, bool> IsRefused)
{
    /// <summary>Whatever its value is, it is passed over.</summary>
    public static ClientMember Ignored(string reason) => new(reason, _ => false);

    /// <summary>Passed over where its value asks for nothing, as <c>false</c>, <c>null</c>, an empty text or list do; refused otherwise.</summary>
    /// <param name="reason">The sentence that the sender is told.</param>
    /// <param name="harmless">Texts that ask for nothing either: they name what is done anyway.</param>
    public static ClientMember Refused(string reason, params string[] harmless) => new(reason, value => !AsksForNothing(value, harmless));

    private static bool AsksForNothing(JsonElement value, string[] harmless) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => ForeignJson.Is(value, "") || harmless.Any(text => ForeignJson.Is(value, text)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
