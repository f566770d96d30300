namespace OpenClaw.Data.Conventions;

/// <summary>What people search for holds no wildcards.</summary>
public static class LikePattern
{
    public const string Escape = @"\";

    public static string Containing(string text) => $"%{StartingWith(text)}";

    public static string StartingWith(string text) => $"{text.Replace(Escape, @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
