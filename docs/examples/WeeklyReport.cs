using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Examples;

/// <summary>What the run is asked: where the report goes.</summary>
public sealed record ReportRequest(Uri Target);

/// <summary>What the first step finds, and the second one sends.</summary>
public sealed record WeekOfMessages(DateTimeOffset Since, int Messages);

/// <summary>Counts the messages of a week, posts the number, and keeps that it did.</summary>
public static class WeeklyReport
{
    public const string Name = "weekly_report";

    public static WorkflowDefinition Definition { get; } = WorkflowDefinition.Chained(Name, version: 1, Queues.Default)
        .Database<CountMessagesStep>("count_messages")
        .External<PostReportStep>("post_report", new RetryPolicy(MaxAttempts: 3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), timeout: TimeSpan.FromSeconds(30));

    public static IServiceCollection AddWeeklyReport(this IServiceCollection services)
    {
        services.AddHttpClient<PostReportStep>();
        return services.AddWorkflow(Definition);
    }
}

/// <summary>Its whole effect is in our database (here: none but its output), so it commits once, with its result.</summary>
public sealed class CountMessagesStep(TimeProvider time) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - TimeSpan.FromDays(7);
        return new WeekOfMessages(since, await db.Messages.CountAsync(message => message.CreatedAt >= since, cancellationToken));
    }
}

/// <summary>Reaches outside: a crash may have it run again, so the other side is told by which key it knows a repetition.</summary>
public sealed class PostReportStep(HttpClient http) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var week = await context.OutputOfAsync<WeekOfMessages>("count_messages", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, context.Request<ReportRequest>().Target)
        {
            Content = JsonContent.Create(week),
            Headers = { { "Idempotency-Key", context.IdempotencyKey } },
        };
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new { status = (int)answer.StatusCode };
    }
}
