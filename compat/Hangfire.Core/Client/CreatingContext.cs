using Hangfire.Common;

namespace Hangfire.Client;

public class CreatingContext(CreateContext context) : CreateContext(context)
{
    public bool Canceled { get; set; }

    public void SetJobParameter(string name, object value) => Parameters[name] = value;

    public T? GetJobParameter<T>(string name) => Parameters.TryGetValue(name, out var value)
        ? SerializationHelper.Deserialize<T>(SerializationHelper.Serialize(value, SerializationOption.User), SerializationOption.User)
        : default;
}
