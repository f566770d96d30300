namespace Hangfire.PostgreSql;

public static class PostgreSqlBootstrapperConfigurationExtensions
{
    public static IGlobalConfiguration<PostgreSqlStorage> UsePostgreSqlStorage(
        this IGlobalConfiguration configuration, Action<PostgreSqlBootstrapperOptions> configure) =>
        configuration.UsePostgreSqlStorage(configure, new PostgreSqlStorageOptions());

    public static IGlobalConfiguration<PostgreSqlStorage> UsePostgreSqlStorage(
        this IGlobalConfiguration configuration, Action<PostgreSqlBootstrapperOptions> configure, PostgreSqlStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var bootstrapper = new PostgreSqlBootstrapperOptions();
        configure(bootstrapper);
        return configuration.UseStorage(new PostgreSqlStorage(
            bootstrapper.ConnectionFactory ?? throw new InvalidOperationException("Name a connection factory, e.g. with UseConnectionFactory."),
            options));
    }
}
