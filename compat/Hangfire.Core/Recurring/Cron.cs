using System.Globalization;

namespace Hangfire;

public static class Cron
{
    public static string Minutely() => "* * * * *";

    public static string Hourly() => Hourly(0);

    public static string Hourly(int minute) => Format($"{minute} * * * *");

    public static string Daily() => Daily(0);

    public static string Daily(int hour) => Daily(hour, 0);

    public static string Daily(int hour, int minute) => Format($"{minute} {hour} * * *");

    public static string Weekly() => Weekly(DayOfWeek.Monday);

    public static string Weekly(DayOfWeek dayOfWeek) => Weekly(dayOfWeek, 0);

    public static string Weekly(DayOfWeek dayOfWeek, int hour) => Weekly(dayOfWeek, hour, 0);

    public static string Weekly(DayOfWeek dayOfWeek, int hour, int minute) => Format($"{minute} {hour} * * {(int)dayOfWeek}");

    public static string Monthly() => Monthly(1);

    public static string Monthly(int day) => Monthly(day, 0);

    public static string Monthly(int day, int hour) => Monthly(day, hour, 0);

    public static string Monthly(int day, int hour, int minute) => Format($"{minute} {hour} {day} * *");

    public static string Yearly() => Yearly(1);

    public static string Yearly(int month) => Yearly(month, 1);

    public static string Yearly(int month, int day) => Yearly(month, day, 0);

    public static string Yearly(int month, int day, int hour) => Yearly(month, day, hour, 0);

    public static string Yearly(int month, int day, int hour, int minute) => Format($"{minute} {hour} {day} {month} *");

    public static string Never() => Yearly(2, 31);

    public static string MinuteInterval(int interval) => Format($"*/{interval} * * * *");

    public static string HourInterval(int interval) => Format($"0 */{interval} * * *");

    public static string DayInterval(int interval) => Format($"0 0 */{interval} * *");

    public static string MonthInterval(int interval) => Format($"0 0 1 */{interval} *");

    private static string Format(FormattableString expression) => expression.ToString(CultureInfo.InvariantCulture);
}
