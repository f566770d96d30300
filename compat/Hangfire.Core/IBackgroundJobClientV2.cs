using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

public interface IBackgroundJobClientV2 : IBackgroundJobClient
{
    JobStorage Storage { get; }

    string? Create(Job job, IState state, IDictionary<string, object>? parameters);
}
