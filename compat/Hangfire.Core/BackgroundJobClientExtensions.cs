using System.Linq.Expressions;
using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

public static partial class BackgroundJobClientExtensions
{
    public static string? Create(this IBackgroundJobClient client, Expression<Action> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall), state);

    public static string? Create(this IBackgroundJobClient client, string queue, Expression<Action> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall, queue), state);

    public static string? Enqueue(this IBackgroundJobClient client, Expression<Action> methodCall) =>
        client.Create(methodCall, new EnqueuedState());

    public static string? Enqueue(this IBackgroundJobClient client, string queue, Expression<Action> methodCall) =>
        client.Create(queue, methodCall, new EnqueuedState(queue));

    public static string? Create(this IBackgroundJobClient client, Expression<Func<Task>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall), state);

    public static string? Create(this IBackgroundJobClient client, string queue, Expression<Func<Task>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall, queue), state);

    public static string? Enqueue(this IBackgroundJobClient client, Expression<Func<Task>> methodCall) =>
        client.Create(methodCall, new EnqueuedState());

    public static string? Enqueue(this IBackgroundJobClient client, string queue, Expression<Func<Task>> methodCall) =>
        client.Create(queue, methodCall, new EnqueuedState(queue));

    public static string? Create<T>(this IBackgroundJobClient client, Expression<Action<T>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall), state);

    public static string? Create<T>(this IBackgroundJobClient client, string queue, Expression<Action<T>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall, queue), state);

    public static string? Enqueue<T>(this IBackgroundJobClient client, Expression<Action<T>> methodCall) =>
        client.Create(methodCall, new EnqueuedState());

    public static string? Enqueue<T>(this IBackgroundJobClient client, string queue, Expression<Action<T>> methodCall) =>
        client.Create(queue, methodCall, new EnqueuedState(queue));

    public static string? Create<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall), state);

    public static string? Create<T>(this IBackgroundJobClient client, string queue, Expression<Func<T, Task>> methodCall, IState state) =>
        client.Create(Job.FromExpression(methodCall, queue), state);

    public static string? Enqueue<T>(this IBackgroundJobClient client, Expression<Func<T, Task>> methodCall) =>
        client.Create(methodCall, new EnqueuedState());

    public static string? Enqueue<T>(this IBackgroundJobClient client, string queue, Expression<Func<T, Task>> methodCall) =>
        client.Create(queue, methodCall, new EnqueuedState(queue));
}
