namespace Hangfire.PostgreSql;

public class PostgreSqlStorageOptions
{
    private TimeSpan _queuePollInterval = TimeSpan.FromSeconds(15);
    private TimeSpan _invisibilityTimeout = TimeSpan.FromMinutes(30);
    private TimeSpan _distributedLockTimeout = TimeSpan.FromMinutes(10);
    private TimeSpan _jobExpirationCheckInterval = TimeSpan.FromHours(1);
    private TimeSpan _countersAggregateInterval = TimeSpan.FromMinutes(5);
    private int _deleteExpiredBatchSize = 1000;

    public TimeSpan QueuePollInterval
    {
        get => _queuePollInterval;
        set => _queuePollInterval = Positive(value);
    }

    public TimeSpan InvisibilityTimeout
    {
        get => _invisibilityTimeout;
        set => _invisibilityTimeout = Positive(value);
    }

    public TimeSpan DistributedLockTimeout
    {
        get => _distributedLockTimeout;
        set => _distributedLockTimeout = Positive(value);
    }

    public TimeSpan JobExpirationCheckInterval
    {
        get => _jobExpirationCheckInterval;
        set => _jobExpirationCheckInterval = Positive(value);
    }

    public TimeSpan CountersAggregateInterval
    {
        get => _countersAggregateInterval;
        set => _countersAggregateInterval = Positive(value);
    }

    public int DeleteExpiredBatchSize
    {
        get => _deleteExpiredBatchSize;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _deleteExpiredBatchSize = value;
        }
    }

    public bool UseSlidingInvisibilityTimeout { get; set; }
    public bool PrepareSchemaIfNecessary { get; set; } = true;
    public string SchemaName { get; set; } = "hangfire";
    public bool EnableTransactionScopeEnlistment { get; set; } = true;
    public bool EnableLongPolling { get; set; }

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
