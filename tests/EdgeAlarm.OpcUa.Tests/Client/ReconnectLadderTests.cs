using EdgeAlarm.OpcUa.Client;

namespace EdgeAlarm.OpcUa.Tests.Client;

public class ReconnectLadderTests
{
    private static ReconnectLadder Live()
    {
        var ladder = new ReconnectLadder();
        ladder.Take(LadderTrigger.ChannelOpened);
        ladder.Take(LadderTrigger.SessionActivated);
        ladder.Take(LadderTrigger.Subscribed);
        return ladder;
    }

    [Fact]
    public void A_first_connection_creates_session_and_subscription_and_goes_live()
    {
        var ladder = new ReconnectLadder();
        Assert.Equal(new(LadderState.CreatingSession, LadderEffects.None), ladder.Take(LadderTrigger.ChannelOpened));
        Assert.Equal(new(LadderState.Subscribing, LadderEffects.None), ladder.Take(LadderTrigger.SessionActivated));
        Assert.Equal(new(LadderState.Live, LadderEffects.ResetBackOff), ladder.Take(LadderTrigger.Subscribed));
    }

    // OPC 10000-4 §6.7: the only path that worked on all servers in all security modes comes first
    [Fact]
    public void A_broken_socket_leads_to_the_same_session_on_a_new_channel_and_to_republish()
    {
        var ladder = Live();
        Assert.Equal(new(LadderState.Connecting, LadderEffects.TellSourceDown | LadderEffects.CloseChannel), ladder.Take(LadderTrigger.Broken));
        Assert.Equal(LadderState.Activating, ladder.Take(LadderTrigger.ChannelOpened).Next);
        Assert.Equal(LadderState.Republishing, ladder.Take(LadderTrigger.SessionActivated).Next);
        Assert.Equal(LadderState.Live, ladder.Take(LadderTrigger.Republished).Next);
    }

    [Fact]
    public void A_forgotten_session_is_created_anew_after_discovery()
    {
        var ladder = Live();
        ladder.Take(LadderTrigger.Broken);
        ladder.Take(LadderTrigger.ChannelOpened);
        var step = ladder.Take(LadderTrigger.SessionLost);
        Assert.Equal(LadderState.Connecting, step.Next);
        Assert.True(step.Effects.HasFlag(LadderEffects.ForgetSession | LadderEffects.ForgetSubscription | LadderEffects.CloseChannel));
        Assert.Equal(LadderState.CreatingSession, ladder.Take(LadderTrigger.ChannelOpened).Next);
        Assert.Equal(LadderState.Subscribing, ladder.Take(LadderTrigger.SessionActivated).Next);
    }

    [Fact]
    public void A_lost_subscription_is_recreated_within_the_session()
    {
        var ladder = Live();
        var step = ladder.Take(LadderTrigger.SubscriptionLost);
        Assert.Equal(new(LadderState.Subscribing, LadderEffects.TellSourceDown | LadderEffects.ForgetSubscription), step);
        Assert.Equal(LadderState.Live, ladder.Take(LadderTrigger.Subscribed).Next);
    }

    [Fact]
    public void The_source_is_told_down_once_an_outage_however_many_attempts_it_takes()
    {
        var ladder = Live();
        var told = 0;
        var step = ladder.Take(LadderTrigger.Broken);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            told += step.Effects.HasFlag(LadderEffects.TellSourceDown) ? 1 : 0;
            step = ladder.Take(ladder.State is LadderState.Waiting ? LadderTrigger.WaitElapsed : LadderTrigger.Broken);
        }
        Assert.Equal(1, told);
    }

    [Fact]
    public void A_refusal_waits_long_and_a_passing_failure_short()
    {
        var ladder = new ReconnectLadder();
        Assert.True(ladder.Take(LadderTrigger.Refused).Effects.HasFlag(LadderEffects.BackOffLong));
        ladder.Take(LadderTrigger.WaitElapsed);
        var step = ladder.Take(LadderTrigger.Broken);
        Assert.True(step.Effects.HasFlag(LadderEffects.BackOff));
        Assert.False(step.Effects.HasFlag(LadderEffects.BackOffLong));
    }

    // F-24: a stack with a total reconnect budget of five minutes stopped for good afterwards
    [Fact]
    [Trait("Field", "F-24")]
    public void From_any_walk_of_triggers_the_ladder_can_still_go_live()
    {
        var random = new Random(7);
        var triggers = Enum.GetValues<LadderTrigger>();
        for (var walk = 0; walk < 500; walk++)
        {
            var ladder = new ReconnectLadder();
            for (var i = 0; i < 40; i++)
            {
                TryTake(ladder, triggers[random.Next(triggers.Length)]);
            }
            for (var i = 0; i < 10 && ladder.State is not LadderState.Live; i++)
            {
                ladder.Take(ladder.State switch
                {
                    LadderState.Waiting => LadderTrigger.WaitElapsed,
                    LadderState.Connecting => LadderTrigger.ChannelOpened,
                    LadderState.Activating or LadderState.CreatingSession => LadderTrigger.SessionActivated,
                    LadderState.Republishing => LadderTrigger.Republished,
                    LadderState.Subscribing => LadderTrigger.Subscribed,
                    LadderState.Live => throw new InvalidOperationException(),
                });
            }
            Assert.Equal(LadderState.Live, ladder.State);
        }
    }

    private static void TryTake(ReconnectLadder ladder, LadderTrigger trigger)
    {
        var before = ladder.State;
        try
        {
            ladder.Take(trigger);
        }
        catch (InvalidOperationException)
        {
            Assert.Equal(before, ladder.State);
        }
    }
}
