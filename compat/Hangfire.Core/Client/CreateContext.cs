using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire.Client;

public class CreateContext
{
    public CreateContext(JobStorage storage, IStorageConnection connection, Job job, IState initialState)
        : this(storage, connection, job, initialState, null)
    {
    }

    public CreateContext(
        JobStorage storage, IStorageConnection connection, Job job, IState initialState, IDictionary<string, object>? parameters)
    {
        (Storage, Connection, Job, InitialState) = (storage, connection, job, initialState);
        Parameters = parameters is null ? new Dictionary<string, object>() : new Dictionary<string, object>(parameters);
        Items = new Dictionary<string, object>();
    }

    public CreateContext(CreateContext context)
    {
        (Storage, Connection, Job, InitialState) = (context.Storage, context.Connection, context.Job, context.InitialState);
        (Parameters, Items) = (context.Parameters, context.Items);
    }

    public JobStorage Storage { get; }
    public IStorageConnection Connection { get; }
    public Job Job { get; }
    public IState InitialState { get; }
    public IDictionary<string, object> Items { get; }
#pragma warning disable CA2214 // Nobody overrides it: virtual because it is in the package.
    public virtual IDictionary<string, object> Parameters { get; }
#pragma warning restore CA2214
}
