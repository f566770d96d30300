using System.Globalization;

namespace OpenClaw.Web.Dashboard.Parts.Charts;

/// <summary>Numbers of charts.</summary>
public static class Scale
{
    /// <summary>As SVG takes it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The end of an axis that people can read: the least of 1, 2 or 5 with noughts that is not below it.</summary>
    public static long Round(long most)
    {
        long power = 1;
        while (power <= long.MaxValue / 100 && power * 10 < most)
        {
            power *= 10;
        }

        return most <= 0 ? 1 : most <= power ? power : most <= power * 2 ? power * 2 : most <= power * 5 ? power * 5 : power * 10;
    }
}
