namespace Hangfire.Server;

public interface IServerComponent : IServerProcess
{
    void Execute(CancellationToken cancellationToken);
}
