namespace Hangfire.Server;

#pragma warning disable CA1040 // A marker in the package as well.
public interface IServerProcess;
