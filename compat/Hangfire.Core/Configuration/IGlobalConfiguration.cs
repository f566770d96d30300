namespace Hangfire;

#pragma warning disable CA1040 // A marker in the package as well: extension methods hang on it.
public interface IGlobalConfiguration;

public interface IGlobalConfiguration<out T> : IGlobalConfiguration
{
    T Entry { get; }
}
