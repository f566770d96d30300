namespace OpenClaw.Jobs.Subscriptions;

/// <param name="Hosts"><c>WEBHOOK_HOSTS</c>: names and addresses that may be told of events although they lie in a network of one's own.</param>
public sealed record SubscriptionSettings(IReadOnlyList<string> Hosts);

/// <summary>Keeps what deliveries are signed with so that who reads the database alone cannot sign.</summary>
public interface ISubscriptionSecrets
{
    string Protect(string secret);

    /// <summary>Throws when the keys that it was protected with are gone.</summary>
    string Unprotect(string kept);
}
