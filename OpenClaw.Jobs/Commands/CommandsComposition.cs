using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Commands.Language;

namespace OpenClaw.Jobs.Commands;

internal static class CommandsComposition
{
    /// <summary>Commands of people, from wherever they write.</summary>
    public static void AddCommands(this IServiceCollection services)
    {
        services.TryAddSingleton<CommandLog>();
        services.TryAddSingleton<CommandActions>();
        services.TryAddSingleton<SwarmReports>();
        services.TryAddSingleton<WorkflowRetries>();
        services.TryAddSingleton<MuteCommand>();
        services.TryAddSingleton<HaltCommand>();
        services.TryAddSingleton<BrakeCommand>();
        services.TryAddSingleton<DeviceCommands>();
        services.TryAddSingleton<QuestionCommands>();
        services.TryAddSingleton<FreeLanguage>();
        services.TryAddSingleton<CommandHandler>();
        services.TryAddSingleton<ICommandHandler>(provider => provider.GetRequiredService<CommandHandler>());
    }
}
