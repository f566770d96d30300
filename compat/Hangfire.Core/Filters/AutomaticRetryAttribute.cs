using System.Diagnostics.CodeAnalysis;
using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = false)]
public sealed class AutomaticRetryAttribute : JobFilterAttribute, IElectStateFilter, IApplyStateFilter
{
    [SuppressMessage("Usage", "CA2211:Non-constant fields should not be visible", Justification = "The package's field.")]
    public static readonly int DefaultRetryAttempts = 10;

    private const string ReasonPrefix = "Retry attempt ";
    private const string RetriesSet = "retries";

    private readonly ILog _log = LogProvider.For<AutomaticRetryAttribute>();
    private int _attempts = DefaultRetryAttempts;

    public AutomaticRetryAttribute() => Order = 20;

    public int Attempts
    {
        get => _attempts;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _attempts = value;
        }
    }

    public int[]? DelaysInSeconds { get; set; }

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Spreads retries, protects nothing.")]
    public Func<long, int> DelayInSecondsByAttemptFunc { get; set; } = attempt =>
        (int)Math.Min(int.MaxValue, Math.Pow(attempt - 1, 4) + 15 + Random.Shared.Next(30) * attempt);

    public AttemptsExceededAction OnAttemptsExceeded { get; set; }
    public bool LogEvents { get; set; } = true;
    public Type[]? OnlyOn { get; set; }
    public Type[]? ExceptOn { get; set; }

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is not FailedState failed || !Handles(failed.Exception))
            return;

        var attempt = context.GetJobParameter<int>("RetryCount", allowStale: true) + 1;
        if (attempt <= Attempts)
            ScheduleAgain(context, failed, attempt);
        else if (OnAttemptsExceeded == AttemptsExceededAction.Delete)
            context.CandidateState = new DeletedState(new ExceptionInfo(failed.Exception))
            {
                Reason = Attempts > 0 ? "Exceeded the maximum number of retry attempts." : "Retries were disabled for this job.",
            };
        else if (LogEvents)
            _log.ErrorException($"Failed to process the job '{context.BackgroundJob.Id}': an exception occurred.", failed.Exception);
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is ScheduledState { Reason: { } reason } && reason.StartsWith(ReasonPrefix, StringComparison.Ordinal))
            transaction.AddToSet(RetriesSet, context.BackgroundJob.Id);
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.OldStateName == ScheduledState.StateName)
            transaction.RemoveFromSet(RetriesSet, context.BackgroundJob.Id);
    }

    private bool Handles(Exception exception) =>
        (OnlyOn is not { Length: > 0 } || OnlyOn.Any(t => t.IsInstanceOfType(exception)))
        && (ExceptOn is null || !ExceptOn.Any(t => t.IsInstanceOfType(exception)));

    private void ScheduleAgain(ElectStateContext context, FailedState failed, int attempt)
    {
        const int maxMessageLength = 50;
        var delay = DelaysInSeconds is { Length: > 0 } delays
            ? delays[Math.Min(attempt, delays.Length) - 1]
            : DelayInSecondsByAttemptFunc(attempt);
        var message = failed.Exception.Message;
        if (message.Length > maxMessageLength)
            message = message[..(maxMessageLength - 1)] + "…";

        context.SetJobParameter("RetryCount", attempt);
        var reason = $"{ReasonPrefix}{attempt} of {Attempts}: {message}";
        context.CandidateState = delay == 0
            ? new EnqueuedState { Reason = reason }
            : new ScheduledState(TimeSpan.FromSeconds(delay)) { Reason = reason };
        if (LogEvents)
            _log.WarnException(
                $"Failed to process the job '{context.BackgroundJob.Id}': an exception occurred. Retry attempt {attempt} of {Attempts} will be performed in {delay} s.",
                failed.Exception);
    }
}
