using System.Runtime.ExceptionServices;
using Hangfire.Common;
using Hangfire.Server;

namespace Hangfire.Engine;

/// <summary>Runs a job's method inside its server filters and a scope of its own.</summary>
internal sealed class JobPerformer(JobActivator activator)
{
    public async Task<object?> PerformAsync(PerformContext context, JobFilters filters)
    {
        var performed = await RunFiltersAsync(new PerformingContext(context), filters.Server, 0);
        if (performed.Exception is not null && !performed.ExceptionHandled)
            ExceptionDispatchInfo.Throw(performed.Exception);
        return performed.Result;
    }

    // Each filter encloses the next ones: it may cancel them, and sees their exception first.
    private async Task<PerformedContext> RunFiltersAsync(PerformingContext context, IServerFilter[] filters, int index)
    {
        if (index == filters.Length)
            return await InvokeAsync(context);
        var filter = filters[index];
        try
        {
            filter.OnPerforming(context);
        }
        catch (Exception exception)
        {
            return new PerformedContext(context, null, canceled: false, exception);
        }
        if (context.Canceled)
            return new PerformedContext(context, null, canceled: true, null);
        var performed = await RunFiltersAsync(context, filters, index + 1);
        try
        {
            filter.OnPerformed(performed);
        }
        catch (Exception exception)
        {
            return new PerformedContext(context, null, canceled: false, exception);
        }
        return performed;
    }

    private async Task<PerformedContext> InvokeAsync(PerformContext context)
    {
        try
        {
            var job = context.BackgroundJob.Job;
            using var scope = activator.BeginScope(
                new JobActivatorContext(context.Connection, context.BackgroundJob, context.CancellationToken));
            var instance = job.Method.IsStatic ? null : scope.Resolve(job.Type)
                ?? throw new InvalidOperationException($"The activator returned no instance of '{job.Type}'.");
            return new PerformedContext(context, await CallAsync(context, job, instance), canceled: false, null);
        }
        catch (Exception exception)
        {
            return new PerformedContext(context, null, canceled: false, exception);
        }
    }

    private static async Task<object?> CallAsync(PerformContext context, Job job, object? instance)
    {
        var arguments = job.Args.Select((value, i) => Inject(context, JobArguments.ParametersOf(job.Method)[i].ParameterType, value));
        try
        {
            return await JobInvoker.InvokeAsync(job.Method, instance, [.. arguments]);
        }
        catch (OperationCanceledException) when (context.CancellationToken.ShutdownToken.IsCancellationRequested)
        {
            // The worker knows whether the job was aborted or the server stops.
            throw;
        }
        catch (Exception exception)
        {
            throw new JobPerformanceException("An exception occurred during performance of the job.", exception, context.BackgroundJob.Id);
        }
    }

    private static object? Inject(PerformContext context, Type type, object? value)
    {
        if (type == typeof(CancellationToken))
            return context.CancellationToken.ShutdownToken;
        if (type == typeof(IJobCancellationToken))
            return context.CancellationToken;
        return type == typeof(PerformContext) ? context : value;
    }
}
