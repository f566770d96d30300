using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OpenClaw.Jobs;

namespace OpenClaw.Web.Security;

/// <summary>A random token in a file that only its owner can read.</summary>
internal sealed class AuthTokenFile(string directory)
{
    private const int TokenBytes = 32;

    public string Path { get; } = System.IO.Path.Combine(directory, "auth-token");

    public string ReadOrCreate()
    {
        if (!File.Exists(Path))
        {
            Create();
        }

        return File.ReadAllText(Path).Trim() is { Length: > 0 } token
            ? token
            : throw new IOException($"{Path} holds no token. Delete it, and a new one is made.");
    }

    // Written aside and moved into place, so that nobody ever reads half a token; the first of two processes wins.
    private void Create()
    {
        PrivateFiles.MakeFolder(directory);
        var draft = $"{Path}.{Guid.NewGuid():N}";
        using (var writer = new StreamWriter(PrivateFiles.Create(draft)))
        {
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                File.Move(draft, Path, overwrite: false);
            }
            else if (Link(draft, Path) != 0 && !File.Exists(Path))
            {
                throw new IOException($"{Path} cannot be made: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
        catch (IOException) when (File.Exists(Path))
        {
            // The other process was first.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // File.Move looks whether there is a file and then renames: of two processes at once both would win.
    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string created);
}
