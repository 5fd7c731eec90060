using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Tests.Recorder;

public class SpaceForecastTests
{
    private const long Mega = 1_000_000;

    // an hour of looks, a minute apart; megabytes an hour and megabytes at its end
    [Theory]
    [InlineData(0, 0, 1000, 100, 500, null)]
    // the recording alone, which may fill the disk
    [InlineData(100, 0, 1000, 100, 5000, 10.0)]
    // it ends at its own limit before the disk is full
    [InlineData(100, 0, 1000, 100, 600, null)]
    // somebody else alone
    [InlineData(0, 50, 1000, 100, 500, 20.0)]
    // both, up to the end
    [InlineData(100, 100, 1000, 100, 5000, 5.0)]
    // the recording reaches its limit with 400 more, the rest is for the others
    [InlineData(100, 20, 1000, 100, 500, 30.0)]
    // somebody makes room
    [InlineData(0, -50, 1000, 100, 500, null)]
    public void Time_to_full_counts_what_others_take_without_end_and_the_recording_up_to_its_limit(int ownRate, int othersRate, int free, int own, int ownMax, double? hours)
    {
        var forecast = new SpaceForecast();
        for (var minute = 0; minute <= 60; minute++)
        {
            var left = (60 - minute) / 60.0;
            forecast.Look(At(minute), (long)((free + ((ownRate + othersRate) * left)) * Mega), (long)((own - (ownRate * left)) * Mega));
        }

        if (hours is { } expected)
        {
            Assert.Equal(expected, forecast.TimeToFull(ownMax * Mega)!.Value.TotalHours, 2);
        }
        else
        {
            Assert.Null(forecast.TimeToFull(ownMax * Mega));
        }
    }

    [Fact]
    public void Nothing_is_estimated_from_less_than_ten_minutes_and_what_is_long_ago_is_forgotten()
    {
        var forecast = new SpaceForecast();
        Assert.Null(forecast.TimeToFull(0));
        for (var minute = 0; minute < 10; minute++)
        {
            forecast.Look(At(minute), (1000 - (minute * 10)) * Mega, 0);
            Assert.Null(forecast.TimeToFull(0));
        }

        forecast.Look(At(10), 900 * Mega, 0);
        Assert.Equal(90, forecast.TimeToFull(0)!.Value.TotalMinutes, 2);
        for (var minute = 11; minute < 200; minute++)
        {
            forecast.Look(At(minute), 900 * Mega, 0);
        }

        Assert.Null(forecast.TimeToFull(0));
    }

    private static PlantTime At(int minute) => new(638_000_000_000_000_000 + (minute * TimeSpan.TicksPerMinute));
}
