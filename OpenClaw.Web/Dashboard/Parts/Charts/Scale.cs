namespace OpenClaw.Web.Dashboard.Parts.Charts;

/// <summary>The end of an axis that people can read: 1, 2 or 5 with noughts.</summary>
public static class Scale
{
    /// <summary>The least round number that is not below it.</summary>
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
