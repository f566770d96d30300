using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Hosting;

/// <summary>A start that failed for a reason which an operator can mend: told in words, without a stack trace.</summary>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="ExitCode">As in sysexits.h.</param>
public sealed record StartFailure(string Message, int ExitCode)
{
    private const int Unavailable = 69;
    private const int BadConfiguration = 78;

    /// <summary>Null when it is a bug.</summary>
    public static StartFailure? From(Exception exception) => exception switch
    {
        OptionsValidationException options => new(Describe([.. options.Failures]), BadConfiguration),
        DatabaseUnavailableException database => new(database.Message, Unavailable),
        IOException { InnerException: AddressInUseException } => new("PORT names a port that is taken. Set PORT to another one, or stop what listens there.", Unavailable),
        _ when DatabaseOutage.Of(exception) is { } trouble => new($"{trouble.Name()}: {exception.GetBaseException().Message}", Unavailable),
        IOException or UnauthorizedAccessException => new(exception.Message, Unavailable),
        _ => null,
    };

    private static string Describe(IReadOnlyList<string> problems) => string.Join(
        Environment.NewLine,
        problems.Select(problem => $"  - {problem}")
            .Prepend(problems.Count == 1 ? "1 setting is wrong:" : $"{problems.Count} settings are wrong:"));
}
