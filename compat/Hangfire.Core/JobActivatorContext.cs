using Hangfire.Common;
using Hangfire.Storage;

namespace Hangfire;

public class JobActivatorContext(IStorageConnection connection, BackgroundJob backgroundJob, IJobCancellationToken cancellationToken)
{
    public IStorageConnection Connection { get; } = connection;
    public BackgroundJob BackgroundJob { get; } = backgroundJob;
    public IJobCancellationToken CancellationToken { get; } = cancellationToken;

    public T? GetJobParameter<T>(string name) =>
        SerializationHelper.Deserialize<T>(Connection.GetJobParameter(BackgroundJob.Id, name), SerializationOption.User);

    public void SetJobParameter(string name, object? value) =>
        Connection.SetJobParameter(BackgroundJob.Id, name, SerializationHelper.Serialize(value, SerializationOption.User));
}
