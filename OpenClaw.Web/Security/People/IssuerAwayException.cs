namespace OpenClaw.Web.Security.People;

/// <summary>The issuer cannot be used at the moment.</summary>
/// <param name="message">Why, as a sentence for whoever wants to sign in.</param>
/// <param name="innerException">What went wrong.</param>
internal sealed class IssuerAwayException(string message, Exception? innerException = null) : Exception(message, innerException);
