using EdgeAlarm.Historian.Intake;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Tests.Intake;

/// <summary>When the centre may write events off; too early is a loss that was none.</summary>
public class LossClaimsTests
{
    private static readonly TimeSpan T0 = TimeSpan.FromDays(3);
    private readonly LossClaims claims = new(TimeSpan.FromSeconds(30), "h1");

    [Fact]
    public void Claim_is_due_after_the_grace_and_once()
    {
        claims.Seen("g", online: true, T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h1"), T0);
        Assert.Empty(Due(29, through: 3));
        Assert.Equal(8, Assert.Single(Due(30, through: 3)).Range.First);
        Assert.Empty(Due(31, through: 3));
    }

    [Fact]
    public void Retained_range_of_a_gateway_that_is_away_is_no_loss()
    {
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h1"), T0);
        Assert.Empty(Due(3600, through: 3));
        claims.Seen("g", online: true, T0 + TimeSpan.FromSeconds(3600));
        Assert.Empty(Due(3629, through: 3));
        Assert.Single(Due(3630, through: 3));
    }

    [Fact]
    public void Gateway_that_takes_its_range_back_refills_and_loses_nothing()
    {
        claims.Seen("g", online: true, T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h1"), T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 4, 9, "h1"), T0 + TimeSpan.FromSeconds(20));
        Assert.Empty(Due(3600, through: 3));
    }

    /// <summary>It may insist for ever on what it told another historian: what is retained says nothing of whether it has seen our receipt.</summary>
    [Fact]
    public void Range_that_was_told_to_another_historian_is_no_loss()
    {
        claims.Seen("g", online: true, T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h0"), T0);
        Assert.Empty(Due(3600, through: 3));
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h1"), T0 + TimeSpan.FromSeconds(3600));
        Assert.Single(Due(3630, through: 3));
    }

    [Fact]
    public void Insisting_does_not_begin_the_grace_anew()
    {
        claims.Seen("g", online: true, T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 9, "h1"), T0);
        claims.Told("g", new OutboxRange(Plant.EpochA, 8, 12, "h1"), T0 + TimeSpan.FromSeconds(25));
        Assert.Single(Due(30, through: 3));
    }

    private IReadOnlyList<(string Gateway, OutboxRange Range)> Due(int seconds, long through) => claims.Due(T0 + TimeSpan.FromSeconds(seconds), (_, _) => through);
}
