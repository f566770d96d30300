using System.Globalization;
using Hangfire.Engine;
using Hangfire.States;
using Hangfire.Storage.Monitoring;

namespace Hangfire.PostgreSql.Monitoring;

internal sealed partial class MonitoringApi
{
    public override long EnqueuedCount(string queue) =>
        Number("select count(*) from hangfire.jobqueue where queue = $1 and fetchedat is null", queue);

    public override long FetchedCount(string queue) =>
        Number("select count(*) from hangfire.jobqueue where queue = $1 and fetchedat is not null", queue);

    public override long ScheduledCount() => Number(MonitoringSql.CountInSet, "schedule");

    public override long AwaitingCount() => Number(MonitoringSql.CountInSet, "awaiting");

    public override long ProcessingCount() => database.Query(
        "select count(*) from hangfire.jobqueue where fetchedat is not null", reader => reader.Read() ? reader.GetInt64(0) : 0);

    public override long SucceededListCount() => Number(MonitoringSql.CountInState, SucceededState.StateName);

    public override long FailedCount() => Number(MonitoringSql.CountInState, FailedState.StateName);

    public override long DeletedListCount() => Number(MonitoringSql.CountInState, DeletedState.StateName);

    public override JobList<EnqueuedJobDto> EnqueuedJobs(string queue, int from, int perPage) =>
        Jobs(MonitoringSql.EnqueuedJobs, queue, from, perPage, row => new EnqueuedJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InEnqueuedState = row.Job.StateName == EnqueuedState.StateName,
            State = row.Job.StateName,
            EnqueuedAt = Date(row.Job.StateData, "EnqueuedAt"),
            StateData = row.Data,
        });

    public override JobList<FetchedJobDto> FetchedJobs(string queue, int from, int perPage) =>
        Jobs(MonitoringSql.FetchedJobs, queue, from, perPage, row => new FetchedJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            State = row.Job.StateName,
            FetchedAt = row.At,
        });

    public override JobList<ScheduledJobDto> ScheduledJobs(int from, int count) =>
        Jobs(MonitoringSql.JobsInSet, "schedule", from, count, row => new ScheduledJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InScheduledState = row.Job.StateName == ScheduledState.StateName,
            EnqueueAt = Date(row.Job.StateData, "EnqueueAt") ?? DateTime.MinValue,
            ScheduledAt = Date(row.Job.StateData, "ScheduledAt"),
            StateData = row.Data,
        });

    public override JobList<AwaitingJobDto> AwaitingJobs(int from, int count) =>
        Jobs(MonitoringSql.JobsInSet, "awaiting", from, count, row => new AwaitingJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InAwaitingState = row.Job.StateName == AwaitingState.StateName,
            AwaitingAt = row.At,
            ParentStateName = row.ParentState,
            StateData = row.Data,
        });

    public override JobList<ProcessingJobDto> ProcessingJobs(int from, int count) =>
        Jobs(MonitoringSql.ProcessingJobs, "", from, count, row => new ProcessingJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InProcessingState = row.Job.StateName == ProcessingState.StateName,
            ServerId = row.Data.GetValueOrDefault("ServerId") ?? "",
            StartedAt = Date(row.Job.StateData, "StartedAt"),
            StateData = row.Data,
        });

    public override JobList<SucceededJobDto> SucceededJobs(int from, int count) =>
        Jobs(MonitoringSql.JobsInState, SucceededState.StateName, from, count, row => new SucceededJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InSucceededState = true,
            Result = row.Data.GetValueOrDefault("Result"),
            SucceededAt = Date(row.Job.StateData, "SucceededAt"),
            TotalDuration = Milliseconds(row.Data, "Latency") + Milliseconds(row.Data, "PerformanceDuration"),
            StateData = row.Data,
        });

    public override JobList<FailedJobDto> FailedJobs(int from, int count) =>
        Jobs(MonitoringSql.JobsInState, FailedState.StateName, from, count, row => new FailedJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InFailedState = true,
            Reason = row.Reason,
            FailedAt = Date(row.Job.StateData, "FailedAt"),
            ExceptionType = row.Data.GetValueOrDefault("ExceptionType"),
            ExceptionMessage = row.Data.GetValueOrDefault("ExceptionMessage"),
            ExceptionDetails = row.Data.GetValueOrDefault("ExceptionDetails"),
            StateData = row.Data,
        });

    public override JobList<DeletedJobDto> DeletedJobs(int from, int count) =>
        Jobs(MonitoringSql.JobsInState, DeletedState.StateName, from, count, row => new DeletedJobDto
        {
            InvocationData = row.Job.Invocation,
            Job = row.Job.Job,
            LoadException = row.Job.LoadException,
            InDeletedState = true,
            DeletedAt = Date(row.Job.StateData, "DeletedAt"),
            StateData = row.Data,
        });

    private static long? Milliseconds(Dictionary<string, string> data, string key) =>
        long.TryParse(data.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private JobList<TDto> Jobs<TDto>(string sql, string key, int from, int count, Func<Row, TDto> map) => new(database.List(
        sql,
        reader =>
        {
            const int extra = JobReader.ColumnCount;
            var job = JobReader.Read(reader, 0);
            var at = reader.IsDBNull(extra + 1) ? (DateTime?)null : reader.GetDateTime(extra + 1);
            return KeyValuePair.Create(
                job.Id, map(new Row(job, JobReader.Text(reader, extra), at, JobReader.Text(reader, extra + 2))));
        },
        Parameters.Of(key),
        Parameters.Of(from),
        Parameters.Of(count)));

    private long Number(string sql, string argument) =>
        database.Query(sql, reader => reader.Read() ? reader.GetInt64(0) : 0, Parameters.Of(argument));

    private sealed record Row(JobSnapshot Job, string? Reason, DateTime? At, string? ParentState)
    {
        public Dictionary<string, string> Data { get; } = new(Job.StateData ?? new Dictionary<string, string>());
    }
}
