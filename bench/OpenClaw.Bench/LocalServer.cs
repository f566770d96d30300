using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Bench;

/// <summary>A server of this process that stands in for one of somebody else. It logs nothing; where it listens <see cref="WebApplication.Urls"/> says once it is started.</summary>
internal static class LocalServer
{
    /// <param name="port">On 127.0.0.1; 0 for one that is free.</param>
    public static WebApplication Build(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        return builder.Build();
    }
}
