using OpenClaw.Bench;
using OpenClaw.Bench.Dashboard;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Events;
using OpenClaw.Bench.Fuzz;
using OpenClaw.Bench.Gateway;
using OpenClaw.Bench.Heartbeats;
using OpenClaw.Bench.Soak;
using OpenClaw.Bench.Strangers;
using OpenClaw.Bench.Turns;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
    AnsiConsole.Profile.Width = 120;
}

switch (args.FirstOrDefault())
{
    case "soak" when args.Contains("fuzz"):
        return await new FuzzRun(FuzzOptions.Read(args)).RunAsync() ? 0 : 1;
    case "soak" when args.Contains("strangers"):
        return await new StrangerSoak(StrangerOptions.Read(args)).RunAsync() ? 0 : 1;
    case "soak" when args.Contains("turns"):
        await using (var soak = new TurnSoak(TurnSoakOptions.Read(args)))
        {
            return await soak.RunAsync() ? 0 : 1;
        }

    case "soak" when args.Contains("sql"):
        await using (var soak = new SqlSoak(SqlSoakOptions.Read(args)))
        {
            return await soak.RunAsync() ? 0 : 1;
        }

    case "soak" when SoakOptions.Read(args) is { Heartbeats: true } options:
        await using (var soak = new HeartbeatSoak(options))
        {
            return await soak.RunAsync() ? 0 : 1;
        }

    case "soak":
        await using (var soak = new SoakRun(SoakOptions.Read(args)))
        {
            return await soak.RunAsync() ? 0 : 1;
        }

    case "soak-server":
        await SoakEngine.ServeAsync(SoakOptions.Read(args));
        return 0;
    case ServiceProcess.Command:
        await ServiceProcess.ServeAsync(args[1], args[2], args[3], args[4..]);
        return 0;
    default:
        var bench = BenchOptions.Read(args);
        var report = new Report();
        await (args.FirstOrDefault() switch
        {
            "turns" => new TurnBench(bench, report).RunAsync(),
            "gateway" => new GatewayBench(bench, report).RunAsync(),
            "dashboard" => new DashboardBench(bench, report).RunAsync(),
            "events" => new SubscribedSender(bench, report).RunAsync(),
            "quiet" => new QuietBeats(bench, report).RunAsync(),
            "heartbeats" => new HeartbeatBench(bench, report).RunAsync(),
            _ => new EngineBench(bench, report).RunAsync(),
        });
        if (bench.Json is { } file)
        {
            report.Write(file);
        }

        return report.Print() ? 0 : 1;
}
