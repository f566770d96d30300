namespace OpenClaw.Tests.Support;

/// <summary>The clone that the tests were built from.</summary>
public static class Repository
{
    private static readonly Lazy<string> Root = new(FindRoot);

    public static string PathTo(string relativePath) => Path.Combine(Root.Value, relativePath);

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "OpenClaw.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"OpenClaw.sln stands in no directory above {AppContext.BaseDirectory}.");
    }
}
