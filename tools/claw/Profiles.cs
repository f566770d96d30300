using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Claw;

/// <summary>Where services are and what opens them, by name: a file that only its user can read.</summary>
internal sealed class Profiles(Surroundings around)
{
    public const string Default = "default";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private string File => around.Variable("CLAW_CONFIG") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "claw", "profiles.json");

    /// <summary>The profile of that name; variables of the environment come first.</summary>
    /// <exception cref="Failure">There is none.</exception>
    public Profile Find(string? name)
    {
        name ??= around.Variable("CLAW_PROFILE") is { Length: > 0 } named ? named : Default;
        var kept = Read().GetValueOrDefault(name);
        var (url, key) = (around.Variable("CLAW_URL") ?? kept?.Url, around.Variable("CLAW_KEY") ?? kept?.Key);
        return url is { Length: > 0 } && key is { Length: > 0 }
            ? new Profile(url, key)
            : throw new Failure(ExitCodes.NotAllowed, $"There is no profile \"{name}\". Run: claw login --url http://127.0.0.1:18789{(name == Default ? "" : $" --profile {name}")}; or set CLAW_URL and CLAW_KEY.");
    }

    /// <summary>Keeps the profile.</summary>
    /// <returns>The file that it is in.</returns>
    public string Keep(string? name, Profile profile)
    {
        var all = Read();
        all[name ?? Default] = profile;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(File))!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(File, options);
        JsonSerializer.Serialize(file, all, Json);
        return File;
    }

    private Dictionary<string, Profile> Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Dictionary<string, Profile>>(System.IO.File.ReadAllText(File), Json) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Failure(ExitCodes.Usage, $"The profiles cannot be read: {exception.Message}");
        }
        catch (JsonException)
        {
            throw new Failure(ExitCodes.Usage, $"{File} cannot be read as profiles; mend it, or remove it and run claw login.");
        }
    }
}

/// <param name="Url">Of the service.</param>
/// <param name="Key">A key, or the service's token.</param>
internal sealed record Profile(string Url, string Key);
