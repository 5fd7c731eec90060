using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>What stands, for whoever looks: known again after a restart, and never older than the process that can end it.</summary>
public sealed class StandingConditionsTests
{
    private static readonly PlantTime At = new(1_000);
    private readonly StandingConditions _conditions = new();

    [Fact]
    public void A_condition_stands_with_its_last_words_since_it_began_until_it_ends()
    {
        _conditions.Observe(new SystemConditionChanged(At, "SYS_B", true, "first"));
        _conditions.Observe(new SystemConditionChanged(new(2_000), "SYS_A", true, "other"));
        _conditions.Observe(new SystemConditionChanged(new(3_000), "SYS_B", true, "second"));
        Assert.Equal([new("SYS_A", "other", new(2_000)), new("SYS_B", "second", At)], _conditions.All);
        _conditions.Observe(new SystemConditionChanged(new(4_000), "SYS_B", false, "over"));
        Assert.Equal("SYS_A", Assert.Single(_conditions.All).Name);
    }

    [Fact]
    public void A_snapshot_gives_them_back()
    {
        _conditions.Observe(new SystemConditionChanged(At, "SYS_B", true, "first"));
        Assert.Equal(_conditions.All, StandingConditions.Restore(_conditions.Snapshot().Span).All);
    }

    // whoever found the others finds them anew; of certificates it is remembered what was told
    [Fact]
    public void A_start_ends_all_but_those_of_certificates()
    {
        _conditions.Observe(new SystemConditionChanged(At, "SYS_UPLINK_DOWN", true, "no broker"));
        _conditions.Observe(new SystemConditionChanged(At, "SYS_CERTIFICATE_OWN", true, "ends in 7 days"));
        _conditions.Observe(new GatewayStarted(new(2_000), default, WallClockWentBack: false));
        Assert.Equal("SYS_CERTIFICATE_OWN", Assert.Single(_conditions.All).Name);
    }
}
