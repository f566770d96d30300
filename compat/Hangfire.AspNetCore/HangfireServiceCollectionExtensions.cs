using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.Dashboard;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hangfire;

public static class HangfireServiceCollectionExtensions
{
    public static IServiceCollection AddHangfire(this IServiceCollection services, Action<IGlobalConfiguration> configuration) =>
        services.AddHangfire((_, global) => configuration(global));

    public static IServiceCollection AddHangfire(this IServiceCollection services, Action<IServiceProvider, IGlobalConfiguration> configuration)
    {
        services.TryAddSingleton(provider => HangfireConfigured.Run(global =>
        {
            global.UseLogProvider(new AspNetCoreLogProvider(provider.GetRequiredService<ILoggerFactory>()));
            global.UseActivator(new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
            configuration(provider, global);
        }));
        services.TryAddSingleton(provider => provider.GetRequiredService<HangfireConfigured>().Storage);
        services.TryAddSingleton(provider => provider.GetRequiredService<HangfireConfigured>().Activator);
        services.TryAddSingleton<IJobFilterProvider>(_ => JobFilterProviders.Providers);
        services.TryAddSingleton<ITimeZoneResolver>(_ => new DefaultTimeZoneResolver());
        services.TryAddSingleton(_ => DashboardRoutes.Routes);

        services.TryAddSingleton<IBackgroundJobClientV2>(provider => new BackgroundJobClient(
            provider.GetRequiredService<JobStorage>(), provider.GetRequiredService<IJobFilterProvider>()));
        services.TryAddSingleton<IBackgroundJobClient>(provider => provider.GetRequiredService<IBackgroundJobClientV2>());
        services.TryAddSingleton<IRecurringJobManagerV2>(provider => new RecurringJobManager(
            provider.GetRequiredService<JobStorage>(), provider.GetRequiredService<IJobFilterProvider>(), provider.GetRequiredService<ITimeZoneResolver>()));
        services.TryAddSingleton<IRecurringJobManager>(provider => provider.GetRequiredService<IRecurringJobManagerV2>());
        return services;
    }

    public static IServiceCollection AddHangfireServer(this IServiceCollection services) =>
        services.AddHangfireServer(static (BackgroundJobServerOptions _) => { });

    public static IServiceCollection AddHangfireServer(this IServiceCollection services, Action<BackgroundJobServerOptions> optionsAction) =>
        services.AddHangfireServer((_, options) => optionsAction(options));

    public static IServiceCollection AddHangfireServer(this IServiceCollection services, Action<IServiceProvider, BackgroundJobServerOptions> optionsAction) =>
        services.AddSingleton<IHostedService>(provider =>
        {
            var options = new BackgroundJobServerOptions();
            optionsAction(provider, options);
            options.Activator ??= provider.GetRequiredService<JobActivator>();
            options.FilterProvider ??= provider.GetRequiredService<IJobFilterProvider>();
            options.TimeZoneResolver ??= provider.GetRequiredService<ITimeZoneResolver>();
            return new BackgroundJobServerHostedService(
                provider.GetRequiredService<JobStorage>(), options, provider.GetServices<IBackgroundProcess>(),
                provider.GetRequiredService<IHostApplicationLifetime>());
        });
}
