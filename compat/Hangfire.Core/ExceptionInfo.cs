using Newtonsoft.Json;

namespace Hangfire;

[method: JsonConstructor]
public sealed class ExceptionInfo(string type, string message, ExceptionInfo? innerException)
{
    public ExceptionInfo(Exception exception) : this(
        Common.TypeHelper.CurrentTypeSerializer(exception.GetType()),
        exception.Message,
        exception.InnerException is { } inner ? new ExceptionInfo(inner) : null)
    {
    }

    public string Type { get; } = type;
    public string Message { get; } = message;
    public ExceptionInfo? InnerException { get; } = innerException;

    public override string ToString() =>
        $"{Type}: {Message}" + (InnerException is null ? "" : $" ---> {InnerException}");
}
