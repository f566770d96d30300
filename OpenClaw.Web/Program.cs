using OpenClaw.Web.Hosting;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddOpenClaw();
    await using var app = builder.Build();
    await app.MigrateDatabaseAsync();
    if (args is ["audit", .. var arguments])
    {
        return await AuditCommand.RunAsync(app, arguments);
    }

    app.MapOpenClaw();
    return args is ["migrate"] ? 0 : await app.RunToTheEndAsync();
}
catch (Exception exception) when (StartFailure.From(exception) is { } failure)
{
    Console.Error.WriteLine(failure.Message);
    return failure.ExitCode;
}
