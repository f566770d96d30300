using System.Transactions;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.States;

namespace Hangfire.Engine;

/// <summary>Creates a job in its first state, in one transaction, around which the client filters run.</summary>
internal sealed class JobFactory(IJobFilterProvider filterProvider)
{
    public BackgroundJob? Create(CreateContext context)
    {
        var filters = JobFilters.For(filterProvider, context.Job);
        var created = RunFilters(new CreatingContext(context), filters, 0);
        if (created.Exception is not null && !created.ExceptionHandled)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(created.Exception);
        return created.BackgroundJob;
    }

    // Each filter encloses the next ones: it may cancel them, and sees their exception first.
    private CreatedContext RunFilters(CreatingContext context, JobFilters filters, int index)
    {
        if (index == filters.Client.Length)
            return Insert(context, filters);
        var filter = filters.Client[index];
        filter.OnCreating(context);
        if (context.Canceled)
            return new CreatedContext(context, null, canceled: true, null);
        var created = RunFilters(context, filters, index + 1);
        filter.OnCreated(created);
        return created;
    }

    private CreatedContext Insert(CreatingContext context, JobFilters filters)
    {
        try
        {
            return new CreatedContext(context, InsertCore(context, filters), canceled: false, null);
        }
        catch (Exception exception)
        {
            return new CreatedContext(context, null, canceled: false, exception);
        }
    }

    private BackgroundJob InsertCore(CreateContext context, JobFilters filters)
    {
        // Adding to a parent and finding that it has finished must be one decision, so both need one transaction.
        using var scope = context.InitialState is AwaitingState && Transaction.Current is null
            ? new TransactionScope(
                TransactionScopeOption.Required,
                new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
                TransactionScopeAsyncFlowOption.Enabled)
            : null;
        var engine = EngineStorage.Of(context.Storage);
        using var transaction = engine.BeginTransaction();
        var createdAt = DateTime.UtcNow;
        var parameters = context.Parameters.ToDictionary(p => p.Key, p => SerializationHelper.Serialize(p.Value, SerializationOption.User));
        var id = transaction.CreateJob(context.Job, parameters, createdAt, Timeout.InfiniteTimeSpan);
        var job = new BackgroundJob(id, context.Job, createdAt, parameters!);
        StateMachine.Apply(
            new Transition(context.Storage, filterProvider, context.Connection, transaction, job, currentState: null), context.InitialState, filters);
        transaction.Commit();
        new StateChanger(context.Storage, filterProvider).ReleaseLate(transaction);
        scope?.Complete();
        return job;
    }
}
