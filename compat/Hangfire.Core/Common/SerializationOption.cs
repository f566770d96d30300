namespace Hangfire.Common;

public enum SerializationOption
{
    Internal,
    TypedInternal,
    User,
}
