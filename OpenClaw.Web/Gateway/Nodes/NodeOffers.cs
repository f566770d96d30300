using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Reads what a node says it can do.</summary>
internal static class NodeOffers
{
    private const int MaxCommands = 500;
    private const int MaxPermissions = 200;

    public static NodeOffer Read(GatewayParams connect, IReadOnlyList<string> caps)
    {
        var permissions = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        if (connect.Object("permissions") is { } given)
        {
            foreach (var permission in given.EnumerateObject())
            {
                if (permission.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    throw connect.Wrong("at /permissions: must be booleans");
                }

                var name = GatewayParams.NameOf(permission);
                if (!ForeignText.IsLine(name) || name.Length > GatewayParams.MaxShort || permissions.Count >= MaxPermissions)
                {
                    throw connect.Wrong($"at /permissions: must be up to {MaxPermissions} names of up to {GatewayParams.MaxShort} characters");
                }

                permissions[name] = permission.Value.GetBoolean();
            }
        }

        return new NodeOffer(Sorted(caps), Sorted(connect.Texts("commands", MaxCommands)), permissions);
    }

    private static string[] Sorted(IReadOnlyList<string> texts) => [.. texts.Select(text => text.Trim()).Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal)];
}
