namespace Hangfire.States;

public interface IElectStateFilter
{
    void OnStateElection(ElectStateContext context);
}
