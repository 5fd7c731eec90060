using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Gateway.Tests.Alarming;

public sealed class DeliveryTests
{
    // the outbox reads what it missed from the journal, but only if it learns that there is more: a calm after the storm must not leave the last events behind
    [Fact]
    public async Task The_consumer_of_a_storm_learns_of_the_last_event_though_batches_in_between_are_left_to_its_refill()
    {
        await using var gateway = PumpFixture.Started();
        for (var turn = 0; turn < Deliveries.WaitingMax + 100; turn++)
        {
            gateway.Pump.Inbox.RaiseSystemCondition("SYS_ONE", active: turn % 2 == 0, "a storm");
            gateway.Pump.Inbox.RaiseSystemCondition("SYS_TWO", active: turn % 2 == 0, "a storm");
            gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
            gateway.Pump.TurnOnce(gateway.Pump.Clock.Now);
        }

        gateway.Pump.FlushAndDeliver();
        gateway.Turn(TimeSpan.FromSeconds(1));

        Assert.True(gateway.Pump.State.Figures.Overrun > 0, "the storm was none");
        Assert.Equal(gateway.Pump.State.LastSeq, gateway.Delivered[^1].Seq);
        Assert.Equal(gateway.Pump.State.LastSeq, gateway.Pump.Reader.ReadEvents(gateway.Pump.State.Epoch, 1).Count());
    }
}
