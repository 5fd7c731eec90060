using System.Globalization;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Space on a disk in words for people.</summary>
public static class SpaceWords
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>What is free, and when nothing is.</summary>
    public static string Of(SpaceState state) => state.TimeToFull is { } left ? $"{Bytes(state.FreeBytes)} free, full in about {Duration(left)} at this rate" : $"{Bytes(state.FreeBytes)} free";

    /// <summary>A number of bytes, decimal units, one digit behind the point.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? $"{bytes}" : $"{value:0.0}")} {Units[unit]}");
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, time.TotalMinutes):0} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };
}
