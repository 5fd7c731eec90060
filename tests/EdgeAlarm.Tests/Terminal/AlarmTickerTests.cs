using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Terminal;

namespace EdgeAlarm.Tests.Terminal;

/// <summary>What somebody at the terminal sees before they acknowledge.</summary>
public sealed class AlarmTickerTests
{
    private static readonly PlantTime At = new(639_000_000_000_000_000);
    private readonly AlarmTicker _ticker = new();

    [Fact]
    public void An_alarm_is_shown_when_it_comes_and_when_its_state_changes_and_once_each()
    {
        Assert.Empty(_ticker.Changes(Gateway(LifecycleState.Normal, 50)));
        var line = Assert.Single(_ticker.Changes(Gateway(LifecycleState.Unacknowledged, 96.25)));
        Assert.Matches("^[0-9:]{8}  High      LT101_HI  Unacknowledged  96.25  level high$", line);
        Assert.Empty(_ticker.Changes(Gateway(LifecycleState.Unacknowledged, 97)));
        Assert.Contains("Acknowledged  98", Assert.Single(_ticker.Changes(Gateway(LifecycleState.Acknowledged, 98))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_is_counted_after_twenty_lines()
    {
        var lines = _ticker.Changes(Gateway(LifecycleState.Unacknowledged, 96, alarms: 50));
        Assert.Equal(21, lines.Count);
        Assert.StartsWith("and 30 other alarms", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_with_levels_is_shown_with_the_words_of_the_level_that_stands_and_again_where_that_changes()
    {
        Assert.Matches("  High      LT101_HI Hi  Unacknowledged  91  level high$", Assert.Single(_ticker.Changes(Levels(AlarmLevel.Hi, 91))));
        Assert.Matches("  Critical  LT101_HI HiHi  Unacknowledged  97  overflow$", Assert.Single(_ticker.Changes(Levels(AlarmLevel.HiHi, 97))));
    }

    private static GatewayState Levels(AlarmLevel level, double value)
    {
        var plain = Gateway(LifecycleState.Unacknowledged, value);
        var levels = new EquatableArray<LevelDefinition>([new(AlarmLevel.HiHi, 95, false, TimeSpan.Zero, AlarmPriority.Critical, "overflow"), new(AlarmLevel.Hi, 90, false, TimeSpan.Zero, AlarmPriority.High, "level high")]);
        return plain with { Alarms = [plain.Alarms[0] with { Definition = plain.Alarms[0].Definition with { Levels = levels }, State = plain.Alarms[0].State with { Level = level } }] };
    }

    private static GatewayState Gateway(LifecycleState lifecycle, double value, int alarms = 1)
    {
        var occurrence = lifecycle is LifecycleState.Normal ? OccurrenceId.None : new OccurrenceId(Guid.Empty, 7);
        var sample = new Sample(0, TagValue.From(value), Quality.Good, default, default, default, At);
        return new(
            At, Guid.Empty, 7, 0, [new TagState(new TagDefinition("LT101", 0, "%"), sample)],
            [
                .. Enumerable.Range(0, alarms).Select(number => new AlarmStatus(
                    new AlarmDefinition(number == 0 ? "LT101_HI" : $"A{number}", 0, "Area", "level high", ConditionType.Hi, 90, 0, TimeSpan.Zero, TimeSpan.Zero, BadQualityPolicy.Hold, AlarmPriority.High, "process", AckRequired: true),
                    new(lifecycle, lifecycle is not LifecycleState.Normal, occurrence, At, PlantTime.Never), ArmedState.Armed)),
            ],
            [], new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, TimeSpan.Zero));
    }
}
