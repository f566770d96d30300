using Hangfire.Server;
using Hangfire.Storage;

namespace Hangfire;

public abstract class JobStorage
{
    private static JobStorage? s_current;
    private TimeSpan _jobExpirationTimeout = TimeSpan.FromDays(1);

    public static JobStorage Current
    {
        get => Volatile.Read(ref s_current) ?? throw new InvalidOperationException(
            "JobStorage.Current is not set. Configure a storage first, e.g. with UsePostgreSqlStorage.");
        set => Volatile.Write(ref s_current, value);
    }

    public TimeSpan JobExpirationTimeout
    {
        get => _jobExpirationTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _jobExpirationTimeout = value;
        }
    }

    public abstract IStorageConnection GetConnection();

    public abstract IMonitoringApi GetMonitoringApi();

    public virtual IEnumerable<IServerComponent> GetComponents() => [];

    public virtual bool HasFeature(string featureId) => false;
}
