namespace OpenClaw.Web.Hosting.Tls;

/// <summary><c>TLS_CERT</c> and <c>TLS_KEY</c>: the PEM files with which the port speaks https.</summary>
/// <param name="Certificate">The path of the certificate, with those of its authorities behind it.</param>
/// <param name="Key">The path of its key.</param>
public sealed record TlsFiles(string Certificate, string Key)
{
    // No chain is longer; what is larger is another file.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Null where neither is set, or where they are no good, which is a problem.</summary>
    internal static TlsFiles? Read(SettingsReader settings)
    {
        var (certificate, key) = (settings.Text("TLS_CERT"), settings.Text("TLS_KEY"));
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            settings.Refuse($"{(key is null ? "TLS_KEY" : "TLS_CERT")} is not set, but {(key is null ? "TLS_CERT" : "TLS_KEY")} is. Set both to PEM files, or neither.");
            return null;
        }

        if (new[] { certificate, key }.Any(value => value.Contains("-----", StringComparison.Ordinal)))
        {
            settings.Refuse("TLS_CERT and TLS_KEY name files; one of them holds what belongs into its file.");
            return null;
        }

        var files = new TlsFiles(Path.GetFullPath(certificate), Path.GetFullPath(key));
        try
        {
            var (certificateText, keyText) = files.Read();
            ServerCertificate.Parse(certificateText, keyText);
            return files;
        }
        catch (FormatException wrong)
        {
            settings.Refuse(wrong.Message);
            return null;
        }
    }

    /// <exception cref="FormatException">What is wrong, as a sentence that names the setting.</exception>
    internal (string Certificate, string Key) Read() => (Read("TLS_CERT", Certificate), Read("TLS_KEY", Key));

    private static string Read(string name, string path)
    {
        try
        {
            return new FileInfo(path).Length > MaxBytes ? throw new FormatException($"{name} is \"{path}\", which is too large for a PEM file.") : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"{name} is \"{path}\", which cannot be read: {exception.Message}", exception);
        }
    }
}
