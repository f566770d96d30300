using OpenClaw.Bench;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Gateway;
using OpenClaw.Bench.Soak;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
    AnsiConsole.Profile.Width = 120;
}

switch (args.FirstOrDefault())
{
    case "soak":
        await using (var soak = new SoakRun(SoakOptions.Read(args)))
            return await soak.RunAsync() ? 0 : 1;
    case "soak-server":
        await SoakEngine.ServeAsync(SoakOptions.Read(args));
        return 0;
    case "gateway-service":
        await GatewayProcess.ServeAsync(args[1]);
        return 0;
    default:
        var options = BenchOptions.Read(args);
        var report = new Report();
        await (args.FirstOrDefault() == "gateway" ? new GatewayBench(options, report).RunAsync() : new EngineBench(options, report).RunAsync());
        if (options.Json is { } file)
            report.Write(file);

        return report.Print() ? 0 : 1;
}
