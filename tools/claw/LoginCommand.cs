using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>Keeps where a service is and what opens it, once that was tried.</summary>
internal static class LoginCommand
{
    private static readonly Option<string> Url = new("--url") { Description = "Where the service is.", DefaultValueFactory = _ => "http://127.0.0.1:18789" };

    public static Command Make(Surroundings around)
    {
        var command = new Command("login", "Keep a service's address and key as a profile. The key comes from CLAW_KEY or standard input, and not from an argument, which others can see. Example: claw login --url http://127.0.0.1:18789 --profile home") { Url };
        command.SetAction((given, cancelled) => CommandLine.GuardAsync(
            async () =>
            {
                if (around.Variable("CLAW_KEY") is not { Length: > 0 } key)
                {
                    around.Error.Write("Key: ");
                    key = around.In.ReadLine()?.Trim() is { Length: > 0 } read ? read : throw new Failure(ExitCodes.Usage, "There is no key; write it on standard input, or set CLAW_KEY.");
                }

                var profile = new Profile(given.GetValue(Url)!, key);
                using var service = new Service(profile);
                await service.GetAsync("agents?limit=1", cancelled);
                var name = given.GetValue(CommandLine.ProfileName) ?? Profiles.Default;
                var file = new Profiles(around).Keep(name, profile);
                around.Out.WriteLine(given.GetValue(CommandLine.Json)
                    ? JsonSerializer.Serialize(new { profile = name, url = profile.Url, file })
                    : $"{profile.Url} lets this key in; it is kept in {file}.");
                return ExitCodes.Done;
            },
            around,
            cancelled));
        return command;
    }
}
