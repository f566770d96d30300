using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>A tool has done nothing, or what it began ended without success.</summary>
/// <param name="code">The stable slug that the REST API has for it.</param>
/// <param name="detail">For people and models: what is wrong, and what to do.</param>
internal sealed class ToolRefusedException(string code, string detail) : Exception(detail)
{
    public string Code => code;

    public IReadOnlyDictionary<string, string[]>? Errors { get; private init; }

    /// <summary>The workflow that ended without success.</summary>
    public Guid? Workflow { get; init; }

    public static ToolRefusedException Of(Refusal refusal) => new(refusal.Code, refusal.Detail) { Errors = (refusal as Refusal.Invalid)?.Errors };

    /// <summary>One argument is not what it must be.</summary>
    public static ToolRefusedException Wrong(string argument, string rule) => Of(Refusal.Invalid.Of(argument, rule));
}

internal static class DecisionToolExtensions
{
    /// <exception cref="ToolRefusedException">It was refused.</exception>
    public static T OrThrow<T>(this Decision<T> decision) => decision.Match(value => value, refusal => throw ToolRefusedException.Of(refusal));
}
