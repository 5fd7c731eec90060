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

    private static ReconnectLadder Forgotten() => In(LadderState.Transferring);

    // in a state, with a session and subscriptions of before the break
    private static ReconnectLadder In(LadderState state)
    {
        var ladder = Live();
        LadderTrigger[] way = state switch
        {
            LadderState.Live => [],
            LadderState.Connecting => [LadderTrigger.Broken],
            LadderState.Waiting => [LadderTrigger.Broken, LadderTrigger.Broken],
            LadderState.Activating => [LadderTrigger.Broken, LadderTrigger.ChannelOpened],
            LadderState.CreatingSession => [LadderTrigger.SessionLost, LadderTrigger.ChannelOpened],
            LadderState.Transferring => [LadderTrigger.SessionLost, LadderTrigger.ChannelOpened, LadderTrigger.SessionActivated],
            LadderState.Republishing => [LadderTrigger.Broken, LadderTrigger.ChannelOpened, LadderTrigger.SessionActivated],
            LadderState.Subscribing => [LadderTrigger.SubscriptionLost],
        };
        foreach (var trigger in way)
        {
            ladder.Take(trigger);
        }
        Assert.Equal(state, ladder.State);
        return ladder;
    }

    [Fact]
    public void A_first_connection_creates_session_and_subscription_and_goes_live()
    {
        var ladder = new ReconnectLadder();
        Assert.Equal(new(LadderState.CreatingSession, LadderEffects.None), ladder.Take(LadderTrigger.ChannelOpened));
        Assert.Equal(new(LadderState.Subscribing, LadderEffects.None), ladder.Take(LadderTrigger.SessionActivated));
        Assert.Equal(new(LadderState.Live, LadderEffects.TellConnected), ladder.Take(LadderTrigger.Subscribed));
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

    // the subscriptions outlive their session: their queues hold what happened meanwhile
    [Fact]
    public void A_forgotten_session_is_created_anew_after_discovery_and_takes_the_subscriptions_over()
    {
        var ladder = Forgotten();
        Assert.Equal(LadderState.Transferring, ladder.State);
        Assert.Equal(new(LadderState.Republishing, LadderEffects.None), ladder.Take(LadderTrigger.Transferred));
        Assert.Equal(new(LadderState.Live, LadderEffects.TellConnected), ladder.Take(LadderTrigger.Republished));
        ladder.Take(LadderTrigger.Broken);
        ladder.Take(LadderTrigger.ChannelOpened);
        Assert.Equal(LadderState.Republishing, ladder.Take(LadderTrigger.SessionActivated).Next);
    }

    [Fact]
    [Trait("Field", "F-14")]
    public void What_cannot_be_transferred_is_subscribed_anew()
    {
        var ladder = Forgotten();
        Assert.Equal(new(LadderState.Subscribing, LadderEffects.ForgetSubscription), ladder.Take(LadderTrigger.TransferRefused));
        Assert.Equal(LadderState.Live, ladder.Take(LadderTrigger.Subscribed).Next);
    }

    // the answer may be lost after the server moved them: it is asked again, within the same new session
    [Fact]
    public void A_break_during_the_transfer_leads_back_to_the_transfer()
    {
        var ladder = Forgotten();
        Assert.Equal(new(LadderState.Waiting, LadderEffects.CloseChannel | LadderEffects.BackOff), ladder.Take(LadderTrigger.Broken));
        ladder.Take(LadderTrigger.WaitElapsed);
        Assert.Equal(LadderState.Activating, ladder.Take(LadderTrigger.ChannelOpened).Next);
        Assert.Equal(LadderState.Transferring, ladder.Take(LadderTrigger.SessionActivated).Next);
    }

    [Fact]
    public void Subscriptions_that_are_gone_are_made_anew_and_the_others_are_kept()
    {
        var ladder = Live();
        ladder.Take(LadderTrigger.Broken);
        ladder.Take(LadderTrigger.ChannelOpened);
        ladder.Take(LadderTrigger.SessionActivated);
        Assert.Equal(new(LadderState.Subscribing, LadderEffects.None), ladder.Take(LadderTrigger.RepublishedInPart));
    }

    // the last step: nothing of the old session is worth keeping
    [Fact]
    [Trait("Field", "F-9")]
    public void Subscriptions_that_stay_silent_though_made_anew_cost_the_session()
    {
        var ladder = Live();
        var step = ladder.Take(LadderTrigger.SessionUseless);
        Assert.Equal(LadderEffects.TellSourceDown | LadderEffects.CloseChannel | LadderEffects.ForgetSession | LadderEffects.ForgetSubscription, step.Effects);
        Assert.Equal(LadderState.CreatingSession, ladder.Take(LadderTrigger.ChannelOpened).Next);
        Assert.Equal(LadderState.Subscribing, ladder.Take(LadderTrigger.SessionActivated).Next);
    }

    // every state with every trigger, a session and subscriptions kept: "-" cannot occur
    [Theory]
    [InlineData(LadderState.Waiting, LadderTrigger.WaitElapsed, "Connecting: None")]
    [InlineData(LadderState.Connecting, LadderTrigger.ChannelOpened, "Activating: None")]
    [InlineData(LadderState.Connecting, LadderTrigger.Broken, "Waiting: CloseChannel, BackOff")]
    [InlineData(LadderState.Connecting, LadderTrigger.Refused, "Waiting: CloseChannel, ForgetSession, BackOffLong")]
    [InlineData(LadderState.Connecting, LadderTrigger.SessionLost, "Waiting: CloseChannel, ForgetSession, BackOff")]
    [InlineData(LadderState.Activating, LadderTrigger.SessionActivated, "Republishing: None")]
    [InlineData(LadderState.Activating, LadderTrigger.SessionLost, "Connecting: CloseChannel, ForgetSession")]
    [InlineData(LadderState.Activating, LadderTrigger.Broken, "Waiting: CloseChannel, BackOff")]
    [InlineData(LadderState.Activating, LadderTrigger.Refused, "Waiting: CloseChannel, ForgetSession, BackOffLong")]
    [InlineData(LadderState.CreatingSession, LadderTrigger.SessionActivated, "Transferring: None")]
    [InlineData(LadderState.CreatingSession, LadderTrigger.SessionLost, "Waiting: CloseChannel, ForgetSession, BackOff")]
    [InlineData(LadderState.CreatingSession, LadderTrigger.Broken, "Waiting: CloseChannel, ForgetSession, BackOff")]
    [InlineData(LadderState.CreatingSession, LadderTrigger.Refused, "Waiting: CloseChannel, ForgetSession, BackOffLong")]
    [InlineData(LadderState.Transferring, LadderTrigger.Transferred, "Republishing: None")]
    [InlineData(LadderState.Transferring, LadderTrigger.TransferRefused, "Subscribing: ForgetSubscription")]
    [InlineData(LadderState.Transferring, LadderTrigger.SessionLost, "Waiting: CloseChannel, ForgetSession, BackOff")]
    [InlineData(LadderState.Transferring, LadderTrigger.Broken, "Waiting: CloseChannel, BackOff")]
    [InlineData(LadderState.Transferring, LadderTrigger.Refused, "Waiting: CloseChannel, BackOffLong")]
    [InlineData(LadderState.Republishing, LadderTrigger.Republished, "Live: TellConnected")]
    [InlineData(LadderState.Republishing, LadderTrigger.RepublishedInPart, "Subscribing: None")]
    [InlineData(LadderState.Republishing, LadderTrigger.SubscriptionLost, "Subscribing: ForgetSubscription")]
    [InlineData(LadderState.Republishing, LadderTrigger.SessionLost, "Waiting: CloseChannel, ForgetSession, BackOff")]
    [InlineData(LadderState.Republishing, LadderTrigger.Broken, "Waiting: CloseChannel, BackOff")]
    [InlineData(LadderState.Republishing, LadderTrigger.Refused, "Waiting: CloseChannel, BackOffLong")]
    [InlineData(LadderState.Subscribing, LadderTrigger.Subscribed, "Live: TellConnected")]
    [InlineData(LadderState.Subscribing, LadderTrigger.SubscriptionLost, "Waiting: CloseChannel, ForgetSubscription, BackOff")]
    [InlineData(LadderState.Subscribing, LadderTrigger.SessionLost, "Waiting: CloseChannel, ForgetSession, ForgetSubscription, BackOff")]
    [InlineData(LadderState.Subscribing, LadderTrigger.Broken, "Waiting: CloseChannel, ForgetSubscription, BackOff")]
    [InlineData(LadderState.Subscribing, LadderTrigger.Refused, "Waiting: CloseChannel, ForgetSubscription, BackOffLong")]
    [InlineData(LadderState.Live, LadderTrigger.SubscriptionLost, "Subscribing: TellSourceDown, ForgetSubscription")]
    [InlineData(LadderState.Live, LadderTrigger.SessionUseless, "Connecting: TellSourceDown, CloseChannel, ForgetSession, ForgetSubscription")]
    [InlineData(LadderState.Live, LadderTrigger.SessionLost, "Connecting: TellSourceDown, CloseChannel, ForgetSession")]
    [InlineData(LadderState.Live, LadderTrigger.Broken, "Connecting: TellSourceDown, CloseChannel")]
    [InlineData(LadderState.Live, LadderTrigger.Refused, "Waiting: TellSourceDown, CloseChannel, BackOffLong")]
    public void Each_state_answers_each_trigger_that_can_occur_in_it(LadderState state, LadderTrigger trigger, string expected)
    {
        var step = In(state).Take(trigger);
        Assert.Equal(expected, $"{step.Next}: {step.Effects}");
    }

    [Fact]
    public void Each_other_trigger_is_a_fault_of_the_shell()
    {
        var answered = typeof(ReconnectLadderTests).GetMethod(nameof(Each_state_answers_each_trigger_that_can_occur_in_it))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
            .Select(row => ((LadderState)row.Data[0]!, (LadderTrigger)row.Data[1]!)).ToHashSet();
        var impossible = 0;
        foreach (var state in Enum.GetValues<LadderState>())
        {
            foreach (var trigger in Enum.GetValues<LadderTrigger>().Where(trigger => !answered.Contains((state, trigger))))
            {
                Assert.Throws<InvalidOperationException>(() => In(state).Take(trigger));
                impossible++;
            }
        }
        Assert.Equal((Enum.GetValues<LadderState>().Length * Enum.GetValues<LadderTrigger>().Length) - answered.Count, impossible);
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
                    LadderState.Transferring => LadderTrigger.Transferred,
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
