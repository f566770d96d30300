using OpenClaw.Web.Hosting;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddOpenClaw();
    await using var app = builder.Build();
    app.MapOpenClaw();
    await app.MigrateDatabaseAsync();
    if (args is not ["migrate"])
        await app.RunAsync();

    return 0;
}
catch (Exception exception) when (StartFailure.From(exception) is { } failure)
{
    Console.Error.WriteLine(failure.Message);
    return failure.ExitCode;
}
