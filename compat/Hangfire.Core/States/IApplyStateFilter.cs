using Hangfire.Storage;

namespace Hangfire.States;

public interface IApplyStateFilter
{
    void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction);

    void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction);
}
