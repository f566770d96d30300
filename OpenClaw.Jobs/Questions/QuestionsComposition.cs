using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Questions;

internal static class QuestionsComposition
{
    /// <summary>What owners are asked. Each kind of asker registers itself.</summary>
    public static void AddQuestions(this IServiceCollection services)
    {
        services.TryAddSingleton<QuestionBook>();
        services.TryAddSingleton<QuestionQueries>();
        services.TryAddSingleton<QuestionService>();
        services.TryAddSingleton<StepQuestions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IQuestionAsker, AgentQuestions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IQuestionAsker, WorkflowQuestions>());
        services.TryAddSingleton<QuestionLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<QuestionLoop>());
    }
}
