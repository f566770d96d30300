namespace Hangfire;

public enum MisfireHandlingMode
{
    Relaxed,
    Strict,
    Ignorable,
}
