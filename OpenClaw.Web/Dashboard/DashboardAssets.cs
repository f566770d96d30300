using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace OpenClaw.Web.Dashboard;

/// <summary>Stylesheet, scripts and icon. Their addresses change with their content, so browsers may keep them for good.</summary>
public static class DashboardAssets
{
    private static readonly FrozenDictionary<string, Asset> Assets = new[]
    {
        Asset.Load("dashboard.css", "text/css; charset=utf-8"),
        Asset.Load("lists.css", "text/css; charset=utf-8"),
        Asset.Load("dashboard.js", "text/javascript; charset=utf-8"),
        Asset.Load("find.js", "text/javascript; charset=utf-8"),
        Asset.Load("lists.js", "text/javascript; charset=utf-8"),
        Asset.Load("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(asset => asset.Name);

    public static string Address(string name) => $"{Links.Assets}/{name}?v={Assets[name].Version}";

    internal static IResult Serve(string name, HttpContext context)
    {
        if (!Assets.TryGetValue(name, out var asset))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, string Version)
    {
        public static Asset Load(string name, string contentType)
        {
            using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"dashboard/{name}")
                ?? throw new InvalidOperationException($"The build left {name} out.");
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new Asset(name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
        }
    }
}
