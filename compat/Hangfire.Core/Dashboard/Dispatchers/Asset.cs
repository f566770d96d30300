using System.Security.Cryptography;

namespace Hangfire.Dashboard.Dispatchers;

/// <summary>A file built into this assembly, addressed with its hash so that browsers may keep it for good.</summary>
internal sealed class Asset
{
    public static readonly Asset Stylesheet = new("dashboard.css", "text/css; charset=utf-8");
    public static readonly Asset Script = new("dashboard.js", "text/javascript; charset=utf-8");
    public static readonly Asset Icon = new("icon.svg", "image/svg+xml");

    private readonly string _name;

    private Asset(string name, string contentType)
    {
        _name = name;
        ContentType = contentType;
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream($"Hangfire.Dashboard.Assets.{name}")!;
        Content = new byte[resource.Length];
        resource.ReadExactly(Content);
        Version = Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 6));
    }

    public static IReadOnlyList<Asset> All { get; } = [Stylesheet, Script, Icon];

    public string ContentType { get; }
    public byte[] Content { get; }
    public string Version { get; }

    public string Route => $"/assets/{_name.Replace(".", "\\.", StringComparison.Ordinal)}";
    public string Path => $"/assets/{_name}?v={Version}";
}
