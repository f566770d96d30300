using OpenClaw.Tests.Jobs.Support;

return await TestHost.RunAsync(args);
