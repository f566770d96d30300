using Microsoft.Extensions.Logging.Console;

namespace OpenClaw.Web.Hosting;

/// <summary>One line an event, in UTC; the last ones are kept for clients of the gateway. What the frameworks say about themselves is heard from warnings up.</summary>
internal static class ConsoleLogging
{
    public static void AddConsoleLogging(this WebApplicationBuilder builder, OpenClawOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Logging.AddConsole(console => console.FormatterName = OneLineFormatter.Format);
        builder.Logging.AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>();
        var tail = new LogTail(options, TimeProvider.System);
        builder.Logging.AddProvider(tail);
        builder.Services.AddSingleton(tail);
        if (options.LogLevel >= LogLevel.Information)
        {
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
            builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Warning);
            builder.Logging.AddFilter("Npgsql", LogLevel.Critical);
            builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        }

        // Our keys are in our own database, beside what they protect; that they are not encrypted there is known.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
