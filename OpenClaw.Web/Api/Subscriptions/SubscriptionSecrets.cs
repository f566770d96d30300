using Microsoft.AspNetCore.DataProtection;
using OpenClaw.Jobs.Subscriptions;

namespace OpenClaw.Web.Api.Subscriptions;

/// <summary>With the keys that all nodes share.</summary>
internal sealed class SubscriptionSecrets(IDataProtectionProvider provider) : ISubscriptionSecrets
{
    // Made when it is first needed: the keys are in the database, which is not there yet when this is.
    private readonly Lazy<IDataProtector> _protector = new(() => provider.CreateProtector("OpenClaw.Subscriptions"), LazyThreadSafetyMode.PublicationOnly);

    public string Protect(string secret) => _protector.Value.Protect(secret);

    public string Unprotect(string kept) => _protector.Value.Unprotect(kept);
}
