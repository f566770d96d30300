using OpenClaw.Tests.Engine.Support;

return await TestHost.RunAsync(args);
