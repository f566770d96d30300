using System.Linq.Expressions;
using System.Reflection;

namespace Hangfire.Common;

/// <summary>Turns the lambda of a client call into a job: its method and the values of its arguments.</summary>
internal static class JobExpression
{
    public static Job ToJob(LambdaExpression methodCall, Type? explicitType, string? queue)
    {
        ArgumentNullException.ThrowIfNull(methodCall);
        if (methodCall.Body is not MethodCallExpression call)
            throw new ArgumentException("The expression body must be a method call.", nameof(methodCall));

        var type = explicitType ?? call.Method.DeclaringType!;
        if (explicitType is null && call.Object is not null)
            type = Evaluate(call.Object)?.GetType()
                ?? throw new InvalidOperationException("The instance of the method call is null.");
        var method = explicitType is null && call.Object is not null ? Override(type, call.Method) : call.Method;
        return new Job(type, method, [.. call.Arguments.Select(Evaluate)], queue);
    }

    private static MethodInfo Override(Type type, MethodInfo method) =>
        type.GetMethod(method.Name, [.. method.GetParameters().Select(p => p.ParameterType)]) ?? method;

    // Compiling an expression takes far longer than everything else here, so plain values and captured ones are read directly.
    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        DefaultExpression when !expression.Type.IsValueType => null,
        DefaultExpression => Activator.CreateInstance(expression.Type),
        MemberExpression { Member: FieldInfo field } member => field.GetValue(Owner(member)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(Owner(member)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static object? Owner(MemberExpression member) => member.Expression is null ? null : Evaluate(member.Expression);
}
