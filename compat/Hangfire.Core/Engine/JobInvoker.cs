using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Hangfire.Engine;

/// <summary>Calls a job's method through a delegate compiled once, and awaits what it returns.</summary>
internal static class JobInvoker
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<object?, object?[], ValueTask<object?>>> Invokers = new();

    public static ValueTask<object?> InvokeAsync(MethodInfo method, object? instance, object?[] arguments) =>
        Invokers.GetOrAdd(method, Compile)(instance, arguments);

    private static Func<object?, object?[], ValueTask<object?>> Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object[]));
        var call = Expression.Call(
            method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        return Expression.Lambda<Func<object?, object?[], ValueTask<object?>>>(Adapt(call, method.ReturnType), instance, arguments).Compile();
    }

    private static Expression Adapt(Expression call, Type type)
    {
        if (type == typeof(void))
            return Expression.Block(call, Expression.Constant(default(ValueTask<object?>)));
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return Expression.Call(
                typeof(JobInvoker),
                type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(AwaitResult) : nameof(AwaitValueResult),
                type.GenericTypeArguments,
                call);
        if (typeof(Task).IsAssignableFrom(type))
            return Expression.Call(typeof(JobInvoker), nameof(Await), null, Expression.Convert(call, typeof(Task)));
        if (type == typeof(ValueTask))
            return Expression.Call(typeof(JobInvoker), nameof(AwaitValue), null, call);
        return Expression.Call(typeof(JobInvoker), nameof(Wrap), null, Expression.Convert(call, typeof(object)));
    }

    private static ValueTask<object?> Wrap(object? value) => new(value);

    private static async ValueTask<object?> Await(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> AwaitValue(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> AwaitResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> AwaitValueResult<T>(ValueTask<T> task) => await task;
}
