namespace Hangfire;

public enum JobContinuationOptions
{
    OnAnyFinishedState = 1,
    OnlyOnSucceededState = 0,
    OnlyOnDeletedState = 2,
}
