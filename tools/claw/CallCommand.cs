using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>Any call of the REST API, for what has no command of its own.</summary>
internal static class CallCommand
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly Argument<string> Method = MakeMethod();
    private static readonly Argument<string> Path = new("path") { Description = "Below /api/v1, such as agents or workflows/failed?limit=5." };
    private static readonly Argument<string?> Body = new("body") { Description = "JSON; - reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };

    public static ServiceCommand Make() => new("call", "Make any call of the REST API, and show its answer as it comes.", RunAsync) { Example = "claw call PUT notifications/rules '{\"muted_until\":\"2030-01-31T08:00:00Z\"}'", Arguments = [Method, Path, Body] };

    private static async Task<int> RunAsync(CommandContext context)
    {
        var answer = await context.Service.CallAsync(new HttpMethod(context.Get(Method)), context.Get(Path).TrimStart('/'), Read(context), context.Cancelled);
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(answer);
            return context.Say(json, CommandContext.Indent(json));
        }
        catch (JsonException)
        {
            // Lines, a stream, or nothing.
            return context.Say(JsonSerializer.SerializeToElement(answer), answer);
        }
    }

    private static JsonElement? Read(CommandContext context)
    {
        try
        {
            return context.Get(Body) is not { } body ? null : JsonSerializer.Deserialize<JsonElement>(body == "-" ? context.ReadAll() : body);
        }
        catch (JsonException exception)
        {
            throw new Failure(ExitCodes.Usage, $"The body is no JSON: {exception.Message}");
        }
    }

    private static Argument<string> MakeMethod()
    {
        var method = new Argument<string>("method") { Description = string.Join(", ", Methods) };
        method.AcceptOnlyFromAmong(Methods);
        return method;
    }
}
