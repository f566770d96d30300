using System.Text.Json;
using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Dashboard.Components;

/// <summary>The stored call as code: type, method and arguments, also where its assembly is not loaded here.</summary>
internal static class CallView
{
    public static Html Render(Job? job, InvocationData? data)
    {
        if (data is null) return Html.Empty;

        var arguments = Arguments(data.Arguments);
        var names = job?.Method.GetParameters() is { } parameters && parameters.Length == arguments.Length
            ? parameters.Select(parameter => parameter.Name).ToArray()
            : null;

        return Html.Of($"""
            <pre class="code" tabindex="0" aria-label="The call"><code><span class="muted">{data.Type}</span>
            <b>{data.Method}</b>({Html.Join(arguments.Select((argument, at) => Html.Of($"""

                {Html.When(names is not null, () => Html.Of($"<span class=\"muted\">{names![at]}:</span> "))}{LongText.Shorten(argument)}{(at < arguments.Length - 1 ? "," : "")}
            """)))})</code></pre>
            """);
    }

    private static string[] Arguments(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize<string?[]>(json)?.Select(text => text ?? "null").ToArray() ?? [];
        }
        catch (JsonException)
        {
            return [json!];
        }
    }
}
