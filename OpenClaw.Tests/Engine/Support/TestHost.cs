using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>The real service in a process of its own, with a runtime that writes down every call and a switch that kills it.</summary>
internal static class TestHost
{
    public const string KillAt = "OPENCLAW_TEST_KILL_AT";
    public const string Recording = "OPENCLAW_TEST_RECORDING";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.AddOpenClaw();
        builder.Services.AddSingleton(new KillSwitch(Environment.GetEnvironmentVariable(KillAt)));
        builder.Services.AddSingleton<IWorkflowObserver>(provider => provider.GetRequiredService<KillSwitch>());
        builder.Services.AddSingleton<IAgentRuntime>(provider =>
            new RecordingRuntime(Environment.GetEnvironmentVariable(Recording)!, provider.GetRequiredService<KillSwitch>()));
        await using var app = builder.Build();
        await app.MigrateDatabaseAsync();
        app.MapOpenClaw();
        return await app.RunToTheEndAsync();
    }
}
