using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire.Server;

public class PerformContext
{
    public PerformContext(
        JobStorage storage, IStorageConnection connection, BackgroundJob backgroundJob, IJobCancellationToken cancellationToken)
    {
        (Storage, Connection, BackgroundJob, CancellationToken) = (storage, connection, backgroundJob, cancellationToken);
        Items = new Dictionary<string, object?>();
    }

    public PerformContext(PerformContext context)
    {
        (Storage, Connection, BackgroundJob, CancellationToken) =
            (context.Storage, context.Connection, context.BackgroundJob, context.CancellationToken);
        (Items, ServerId) = (context.Items, context.ServerId);
    }

    public JobStorage Storage { get; }
    public IStorageConnection Connection { get; }
    public BackgroundJob BackgroundJob { get; }
    public IJobCancellationToken CancellationToken { get; }
    public IDictionary<string, object?> Items { get; }
    public string? ServerId { get; internal init; }

    public T? GetJobParameter<T>(string name) => GetJobParameter<T>(name, allowStale: false);

    public T? GetJobParameter<T>(string name, bool allowStale) => SerializationHelper.Deserialize<T>(
        allowStale && BackgroundJob.ParametersSnapshot is { } snapshot
            ? snapshot.GetValueOrDefault(name)
            : Connection.GetJobParameter(BackgroundJob.Id, name),
        SerializationOption.User);

    public void SetJobParameter(string name, object? value) =>
        Connection.SetJobParameter(BackgroundJob.Id, name, SerializationHelper.Serialize(value, SerializationOption.User));
}
