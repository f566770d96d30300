namespace OpenClaw.Web.Security;

/// <summary>An endpoint that shows or changes what is of the whole service, and so of no single owner.</summary>
internal sealed record HousePolicy;

/// <summary>Keeps what is of the whole service to those who run it; everything else asks for the caller's owner where it looks.</summary>
internal static class HouseGuard
{
    /// <summary>The code of what is refused to other owners.</summary>
    public const string OfHouse = "of_the_service";

    /// <summary>For the people and keys of those who run the service alone.</summary>
    public static TBuilder OfHouseAlone<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new HousePolicy());

    public static bool IsOfHouseAlone(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<HousePolicy>() is not null;

    /// <summary>Why not, for somebody of another owner.</summary>
    public static string Says(string owner) => $"This is of the whole service, and you are of {owner}: those who run the service see and change it.";

    /// <summary>After it is known who asks.</summary>
    public static void UseHouseGuard(this WebApplication app) => app.Use((context, next) =>
        IsOfHouseAlone(context.GetEndpoint()) && context.User.Identity is { IsAuthenticated: true, Name: { } owner } && !context.User.IsOfHouse()
            ? Refusals.AnswerAsync(context, OfHouse, Says(owner))
            : next(context));
}
