using System.Linq.Expressions;
using System.Reflection;

namespace Hangfire.Common;

public class Job
{
    public Job(MethodInfo method, params object?[] args)
        : this(method.DeclaringType ?? throw new ArgumentException("Global methods cannot be jobs.", nameof(method)), method, args)
    {
    }

    public Job(Type type, MethodInfo method, params object?[] args) : this(type, method, args, null)
    {
    }

    public Job(Type type, MethodInfo method, IReadOnlyList<object?> args) : this(type, method, args, null)
    {
    }

    public Job(Type type, MethodInfo method, IReadOnlyList<object?> args, string? queue)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(args);
        Engine.JobMethod.Validate(type, method, args.Count);
        if (queue is not null)
            States.QueueName.Validate(queue, nameof(queue));
        (Type, Method, Args, Queue) = (type, method, args, queue);
    }

    public Type Type { get; }
    public MethodInfo Method { get; }
    public IReadOnlyList<object?> Args { get; }
    public string? Queue { get; }

    public static Job FromExpression(Expression<Action> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression(Expression<Action> methodCall, string? queue) => JobExpression.ToJob(methodCall, null, queue);

    public static Job FromExpression(Expression<Func<Task>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression(Expression<Func<Task>> methodCall, string? queue) => JobExpression.ToJob(methodCall, null, queue);

    public static Job FromExpression<TType>(Expression<Action<TType>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression<TType>(Expression<Action<TType>> methodCall, string? queue) =>
        JobExpression.ToJob(methodCall, typeof(TType), queue);

    public static Job FromExpression<TType>(Expression<Func<TType, Task>> methodCall) => FromExpression(methodCall, null);

    public static Job FromExpression<TType>(Expression<Func<TType, Task>> methodCall, string? queue) =>
        JobExpression.ToJob(methodCall, typeof(TType), queue);

    public override string ToString() => ToString(includeQueue: true);

    public string ToString(bool includeQueue) =>
        $"{Type.Name}.{Method.Name}" + (includeQueue && Queue is not null ? $" ({Queue})" : "");
}
