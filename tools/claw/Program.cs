using OpenClaw.Claw;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await CommandLine.RunAsync(args, new Surroundings(Console.In, Console.Out, Console.Error, Environment.GetEnvironmentVariable), stop.Token);
