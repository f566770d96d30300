namespace Hangfire;

public abstract class JobActivatorScope : IDisposable
{
    public abstract object Resolve(Type type);

    public virtual void DisposeScope()
    {
    }

#pragma warning disable CA1063, CA1816 // The shape is the package's: DisposeScope is what derived classes override.
    public void Dispose() => DisposeScope();
#pragma warning restore CA1063, CA1816
}
