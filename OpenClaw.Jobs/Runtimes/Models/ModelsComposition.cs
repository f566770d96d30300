using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Runtimes.Models;

internal static class ModelsComposition
{
    /// <summary>A runtime for each provider of models. Those without settings are there too, to say what to set.</summary>
    public static void AddModelRuntimes(this IServiceCollection services)
    {
        services.TryAddSingleton(new ModelSettings());
        services.TryAddSingleton<Transcripts>();
        services.AddModelRuntime(OpenAiModels.ErrorsOf, (settings, time) => new OpenAiModels(settings, time));
        services.AddModelRuntime(AnthropicModels.ErrorsOf, (settings, time) => new AnthropicModels(settings, time));
    }

    private static void AddModelRuntime(
        this IServiceCollection services, Func<ModelSettings, ModelErrors> errorsOf, Func<ModelSettings, TimeProvider, IModelClient> create) =>
        services.AddSingleton<IAgentRuntime>(provider =>
        {
            var settings = provider.GetRequiredService<ModelSettings>();
            var errors = errorsOf(settings);
            var client = create(settings, provider.GetRequiredService<TimeProvider>());
            return ActivatorUtilities.CreateInstance<ModelRuntime>(provider, client, errors);
        });
}
