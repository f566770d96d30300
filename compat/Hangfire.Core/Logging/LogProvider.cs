namespace Hangfire.Logging;

public static class LogProvider
{
    private static ILogProvider? s_provider;

    public static void SetCurrentLogProvider(ILogProvider? logProvider) => Volatile.Write(ref s_provider, logProvider);

    public static ILog For<T>() => GetLogger(typeof(T));

    public static ILog GetLogger(Type type) => GetLogger(type.FullName ?? type.Name);

    public static ILog GetLogger(string name) => new DeferredLog(name);

    /// <summary>Asks for the provider at every write, because static loggers are made before one is configured.</summary>
    private sealed class DeferredLog(string name) : ILog
    {
        private ILogProvider? _provider;
        private ILog? _log;

        public bool Log(LogLevel logLevel, Func<string>? messageFunc, Exception? exception)
        {
            var provider = Volatile.Read(ref s_provider);
            if (provider is null)
                return false;
            if (!ReferenceEquals(provider, _provider))
                (_log, _provider) = (provider.GetLogger(name), provider);
            return _log!.Log(logLevel, messageFunc, exception);
        }
    }
}
