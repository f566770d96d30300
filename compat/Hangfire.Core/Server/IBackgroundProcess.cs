namespace Hangfire.Server;

public interface IBackgroundProcess : IServerProcess
{
    void Execute(BackgroundProcessContext context);
}
