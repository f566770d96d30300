using System.Globalization;
using Hangfire.Common;
using Hangfire.Logging;
using Newtonsoft.Json;

namespace Hangfire;

public static class GlobalConfigurationExtensions
{
    public static IGlobalConfiguration<TStorage> UseStorage<TStorage>(this IGlobalConfiguration configuration, TStorage storage)
        where TStorage : JobStorage => configuration.Use(storage, s => JobStorage.Current = s);

    public static IGlobalConfiguration<TStorage> WithJobExpirationTimeout<TStorage>(
        this IGlobalConfiguration<TStorage> configuration, TimeSpan timeout)
        where TStorage : JobStorage
    {
        configuration.Entry.JobExpirationTimeout = timeout;
        return configuration;
    }

    public static IGlobalConfiguration<TActivator> UseActivator<TActivator>(
        this IGlobalConfiguration configuration, TActivator activator)
        where TActivator : JobActivator => configuration.Use(activator, a => JobActivator.Current = a);

    public static IGlobalConfiguration<TLogProvider> UseLogProvider<TLogProvider>(
        this IGlobalConfiguration configuration, TLogProvider provider)
        where TLogProvider : ILogProvider => configuration.Use(provider, p => LogProvider.SetCurrentLogProvider(p));

    public static IGlobalConfiguration<TFilter> UseFilter<TFilter>(this IGlobalConfiguration configuration, TFilter filter)
        where TFilter : notnull => configuration.Use(filter, f => GlobalJobFilters.Filters.Add(f));

    public static IGlobalConfiguration<TFilterProvider> UseFilterProvider<TFilterProvider>(
        this IGlobalConfiguration configuration, TFilterProvider filterProvider)
        where TFilterProvider : IJobFilterProvider => configuration.Use(filterProvider, p => JobFilterProviders.Providers.Add(p));

    public static IGlobalConfiguration UseDefaultCulture(this IGlobalConfiguration configuration, CultureInfo? culture) =>
        configuration.UseDefaultCulture(culture, captureDefault: true);

    public static IGlobalConfiguration UseDefaultCulture(
        this IGlobalConfiguration configuration, CultureInfo? culture, bool captureDefault)
    {
        GlobalJobFilters.Filters.Remove<CaptureCultureAttribute>();
        GlobalJobFilters.Filters.Add(new CaptureCultureAttribute(culture?.Name, captureDefault));
        return configuration;
    }

    public static IGlobalConfiguration UseSimpleAssemblyNameTypeSerializer(this IGlobalConfiguration configuration) =>
        configuration.UseTypeSerializer(TypeHelper.SimpleAssemblyTypeSerializer);

    public static IGlobalConfiguration UseDefaultTypeSerializer(this IGlobalConfiguration configuration) =>
        configuration.UseTypeSerializer(TypeHelper.DefaultTypeSerializer);

    public static IGlobalConfiguration UseTypeSerializer(
        this IGlobalConfiguration configuration, Func<Type, string>? typeSerializer)
    {
        TypeHelper.CurrentTypeSerializer = typeSerializer;
        return configuration;
    }

    public static IGlobalConfiguration UseTypeResolver(
        this IGlobalConfiguration configuration, Func<string, Type>? typeResolver)
    {
        TypeHelper.CurrentTypeResolver = typeResolver;
        return configuration;
    }

    public static IGlobalConfiguration UseRecommendedSerializerSettings(this IGlobalConfiguration configuration) =>
        configuration.UseRecommendedSerializerSettings(null);

    public static IGlobalConfiguration UseRecommendedSerializerSettings(
        this IGlobalConfiguration configuration, Action<JsonSerializerSettings>? settingsConfiguration)
    {
        var settings = SerializationHelper.CreateTypedSettings();
        settingsConfiguration?.Invoke(settings);
        return configuration.UseSerializerSettings(settings);
    }

    public static IGlobalConfiguration UseSerializerSettings(
        this IGlobalConfiguration configuration, JsonSerializerSettings? settings)
    {
        SerializationHelper.UserSettings = settings;
        return configuration;
    }

    public static IGlobalConfiguration<T> Use<T>(this IGlobalConfiguration configuration, T entry, Action<T> entryAction)
    {
        entryAction(entry);
        return new Entry<T>(entry);
    }

    private sealed record Entry<T>(T Value) : IGlobalConfiguration<T>
    {
        T IGlobalConfiguration<T>.Entry => Value;
    }
}
