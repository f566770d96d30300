using System.Linq.Expressions;
using Hangfire.Common;

namespace Hangfire;

public static class RecurringJobManagerExtensions
{
    public static void AddOrUpdate(this IRecurringJobManager manager, string recurringJobId, Job job, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, job, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, Expression<Action> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, Expression<Action> methodCall, string cronExpression, RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall), cronExpression, options);

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, string queue, Expression<Action> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, queue, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate(
        this IRecurringJobManager manager,
        string recurringJobId,
        string queue,
        Expression<Action> methodCall,
        string cronExpression,
        RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall, queue), cronExpression, options);

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, Expression<Func<Task>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, Expression<Func<Task>> methodCall, string cronExpression, RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall), cronExpression, options);

    public static void AddOrUpdate(
        this IRecurringJobManager manager, string recurringJobId, string queue, Expression<Func<Task>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, queue, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate(
        this IRecurringJobManager manager,
        string recurringJobId,
        string queue,
        Expression<Func<Task>> methodCall,
        string cronExpression,
        RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall, queue), cronExpression, options);

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, Expression<Action<T>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, Expression<Action<T>> methodCall, string cronExpression, RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall), cronExpression, options);

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, string queue, Expression<Action<T>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, queue, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager,
        string recurringJobId,
        string queue,
        Expression<Action<T>> methodCall,
        string cronExpression,
        RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall, queue), cronExpression, options);

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, Expression<Func<T, Task>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, Expression<Func<T, Task>> methodCall, string cronExpression, RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall), cronExpression, options);

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager, string recurringJobId, string queue, Expression<Func<T, Task>> methodCall, string cronExpression) =>
        manager.AddOrUpdate(recurringJobId, queue, methodCall, cronExpression, new RecurringJobOptions());

    public static void AddOrUpdate<T>(
        this IRecurringJobManager manager,
        string recurringJobId,
        string queue,
        Expression<Func<T, Task>> methodCall,
        string cronExpression,
        RecurringJobOptions options) =>
        manager.AddOrUpdate(recurringJobId, Job.FromExpression(methodCall, queue), cronExpression, options);
}
