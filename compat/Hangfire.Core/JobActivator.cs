namespace Hangfire;

public class JobActivator
{
    private static JobActivator s_current = new();

    public static JobActivator Current
    {
        get => Volatile.Read(ref s_current);
        set => Volatile.Write(ref s_current, value);
    }

    public virtual object ActivateJob(Type jobType) => Activator.CreateInstance(jobType)
        ?? throw new InvalidOperationException($"No instance of '{jobType}' could be created.");

    public virtual JobActivatorScope BeginScope(JobActivatorContext context) => new SimpleScope(this);

    private sealed class SimpleScope(JobActivator activator) : JobActivatorScope
    {
        private readonly List<IDisposable> _disposables = [];

        public override object Resolve(Type type)
        {
            var instance = activator.ActivateJob(type);
            if (instance is IDisposable disposable)
                _disposables.Add(disposable);
            return instance;
        }

        public override void DisposeScope() => _disposables.ForEach(d => d.Dispose());
    }
}
