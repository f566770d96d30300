using System.Collections.Frozen;

namespace OpenClaw.Web.Gateway.Members;

/// <summary>
/// What clients of other releases send beside what our methods read, each with its reason: what is known to change nothing is
/// passed over, what is known to change the meaning is refused with a sentence. What stands neither here nor in its method is
/// unknown, and refused as the real gateway does: its parameters are closed objects.
/// </summary>
/// <remarks>A method that begins to read a member takes it out of here. The names are those of the protocol's published schema.</remarks>
internal static partial class ClientMembers
{
    private static readonly FrozenDictionary<(string Method, string Member), ClientMember> Table =
        RunMembers.Concat(SessionMembers).SelectMany(Spread).ToFrozenDictionary(row => row.Key, row => row.Member);

    /// <summary>All of it, for who wants to hold something against each.</summary>
    public static IEnumerable<(string Method, string Member, ClientMember Rule)> All => Table.Select(row => (row.Key.Method, row.Key.Member, row.Value));

    /// <summary>Null for one that nobody knows.</summary>
    /// <param name="method">As clients call it.</param>
    /// <param name="member">With the path of the object in which it stands: <c>payload/model</c>.</param>
    public static ClientMember? Find(string method, string member) => Table.GetValueOrDefault((method, member));

    private static IEnumerable<((string Method, string Member) Key, ClientMember Member)> Spread((string Methods, string Members, ClientMember Member) row) =>
        from method in row.Methods.Split(' ')
        from member in row.Members.Split(' ')
        select ((method, member), row.Member);
}
