using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Gateway.Tests.Alarming;

/// <summary>What the ledger of the sources keeps over a new alarm list (rule R10: a sample that comes once more is known).</summary>
public class SourceLedgerTests
{
    private static readonly PlantTime At = new(new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc).Ticks);
    private static readonly AlarmConfiguration List = PumpFixture.Alarms;
    private static readonly AlarmConfiguration Edited = List with { Alarms = [List.Alarms[0] with { Setpoint = 80 }] };
    private static readonly NotificationReceived Message = new(At, 0, 7, 1);

    [Fact]
    public void A_new_alarm_list_forgets_neither_the_last_message_nor_the_last_value_of_a_tag()
    {
        var ledger = Seen(new SourceLedger(List)).Reconfigure(Edited);

        Assert.Null(ledger.Admit(0, new(7, 1, At, false, Samples(0))));
        Assert.Empty(ledger.Admit(0, new(8, 1, At, true, Samples(0)))!.Value.ToArray());
        Assert.Equal((1, 1), (ledger.DuplicateMessages, ledger.DuplicateSamples));
    }

    [Fact]
    public void Tags_are_found_again_by_name()
    {
        var ledger = Seen(new SourceLedger(List)).Reconfigure(List with { Tags = [List.Tags[1], List.Tags[0]], Alarms = [] });

        Assert.Single(ledger.Admit(0, new(8, 1, At, true, Samples(0)))!.Value.ToArray());
        Assert.Empty(ledger.Admit(0, new(8, 1, At, true, Samples(1)))!.Value.ToArray());
    }

    // live observes a message before its turn is folded, a replay behind the fold of each input
    [Fact]
    public void A_message_that_came_in_the_turn_of_a_new_alarm_list_is_the_same_to_live_and_to_replay() =>
        Assert.Equal(Seen(new SourceLedger(List)).Reconfigure(Edited).Snapshot().ToArray(), Seen(new SourceLedger(List).Reconfigure(Edited)).Snapshot().ToArray());

    private static SourceLedger Seen(SourceLedger ledger)
    {
        ledger.Observe(Message, Samples(0));
        return ledger;
    }

    private static Sample[] Samples(int tag) => [new(tag, TagValue.From(50.0), Quality.Good, new(At.Ticks), new(At.Ticks), new(At.Ticks), At)];
}
