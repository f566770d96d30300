using System.Buffers.Text;
using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>
/// The device that this node is to gateways of other hosts: a key in a file that only its owner can read, beside the node's
/// token, with the tokens that gateways have told it. Without the file it would be a stranger after each restart.
/// </summary>
/// <param name="settings">Where the file is; without a directory there is no device.</param>
public sealed class UpstreamDevice(UpstreamSettings settings)
{
    private const string Problem = "holds no key of a device. Delete it: a new one is made, which the owner of the gateway has to let in again";

    private readonly Lock _one = new();
    private Kept? _kept;

    private string? Path => settings.DataDirectory is { } directory ? System.IO.Path.Combine(directory, "bridge-device.json") : null;

    /// <summary>What the gateway has told us to come in by; null for nothing yet.</summary>
    public string? Token => settings.Address is { } address && Read()?.Tokens.GetValueOrDefault(address) is { Length: > 0 } token ? token : null;

    /// <summary>The proof for one connection; null without a device.</summary>
    /// <param name="connect">What is asked for.</param>
    /// <param name="challenge">The gateway's.</param>
    /// <exception cref="BridgeDeviceException">The file cannot be used.</exception>
    public ConnectDevice? Prove(SignedConnect connect, ConnectChallenge challenge)
    {
        if (Read() is not { } kept)
        {
            return null;
        }

        var key = Base64Url.DecodeFromChars(kept.PrivateKey);
        var publicKey = DeviceKey.PublicKeyOf(key);
        var proof = new DeviceProof(DeviceKey.IdOf(publicKey)!, publicKey, "", challenge.Ts, challenge.Nonce);
        return new ConnectDevice(proof.Id, publicKey, DeviceKey.Sign(key, connect.Text(3, proof)), challenge.Ts, challenge.Nonce);
    }

    /// <summary>Keeps what the gateway has told us to come in by; null forgets it.</summary>
    /// <exception cref="BridgeDeviceException">The file cannot be used.</exception>
    public void Keep(string? token)
    {
        lock (_one)
        {
            if (Read() is not { } kept || settings.Address is not { } address || kept.Tokens.GetValueOrDefault(address) == token)
            {
                return;
            }

            var tokens = kept.Tokens.Where(each => each.Key != address).ToDictionary();
            if (token is not null)
            {
                tokens[address] = token;
            }

            _kept = kept with { Tokens = tokens };
            Write(_kept, overwrite: true);
        }
    }

    private Kept? Read()
    {
        lock (_one)
        {
            if (_kept is not null || Path is not { } path)
            {
                return _kept;
            }

            if (!File.Exists(path))
            {
                Write(new Kept(Base64Url.EncodeToString(DeviceKey.Create()), new Dictionary<string, string>()), overwrite: false);
            }

            return _kept = Load(path);
        }
    }

    private static Kept Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllText(path)) is { PrivateKey: { } key, Tokens: not null } kept && Base64Url.IsValid(key, out var length) && length == 32
                ? kept
                : throw new BridgeDeviceException($"{path} {Problem}.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BridgeDeviceException($"{path} cannot be read, or {Problem}: {ForeignText.OneLine(exception.Message, 200)}", exception);
        }
    }

    // Written aside and moved into place: nobody reads half of it, and of two processes the first one's key is kept.
    private void Write(Kept kept, bool overwrite)
    {
        var draft = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            PrivateFiles.MakeFolder(settings.DataDirectory!);
            using (var writer = new StreamWriter(PrivateFiles.Create(draft)))
            {
                writer.Write(JsonSerializer.Serialize(kept));
            }

            File.Move(draft, Path!, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(Path))
        {
            // The other process was first.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BridgeDeviceException($"{Path} cannot be written: {ForeignText.OneLine(exception.Message, 200)} Correct OPENCLAW_DATA_DIR.", exception);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private sealed record Kept(string PrivateKey, IReadOnlyDictionary<string, string> Tokens);
}

/// <summary>The file of our device cannot be used; somebody has to see to it.</summary>
public sealed class BridgeDeviceException(string message, Exception? innerException = null) : Exception(message, innerException);
