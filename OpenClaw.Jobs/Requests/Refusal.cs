namespace OpenClaw.Jobs.Requests;

/// <summary>Why a request was refused.</summary>
/// <param name="Code">A stable slug for programs.</param>
/// <param name="Detail">For people: what is wrong and what to do.</param>
public abstract record Refusal(string Code, string Detail)
{
    /// <summary>There is nothing by that id.</summary>
    public sealed record NotFound(string Code, string Detail) : Refusal(Code, Detail);

    /// <summary>It does not fit the present state.</summary>
    public sealed record Conflict(string Code, string Detail) : Refusal(Code, Detail);

    /// <summary>It is for who may more than the caller.</summary>
    public sealed record NotAllowed(string Detail) : Refusal("missing_scope", Detail);

    /// <summary>The request itself is wrong; each field with what is allowed.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors)
        : Refusal("invalid_request", string.Join(" ", Errors.SelectMany(error => error.Value)))
    {
        /// <summary>One field is wrong.</summary>
        public static Invalid Of(string field, string rule) => new(new Dictionary<string, string[]> { [field] = [rule] });
    }

    /// <summary>The sender has used the id for a different message.</summary>
    public sealed record IdReused(string Id)
        : Refusal("message_id_reused", $"The id '{Id}' was used for another message: to somebody else, in another conversation, or with other words. Take a new id for a new message.");

    /// <summary>The idempotency key was used for a different request.</summary>
    public sealed record KeyReused(string Key)
        : Refusal("idempotency_key_reused", $"The Idempotency-Key '{Key}' was used for a different request. Take a new key for a new request.");
}
