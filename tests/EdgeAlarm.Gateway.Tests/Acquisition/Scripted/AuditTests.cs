using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A server that is connected, keeps its subscription alive, answers every reading, and does not notify a change.</summary>
public sealed class AuditTests
{
    private static readonly string Condition = AcquisitionConditions.NotNotified("PLC1", 1);

    // other tags were fine, the network showed nothing, and only a restart helped
    [Fact]
    [Trait("Field", "F-8")]
    [Trait("Field", "F-18")]
    public async Task A_change_that_the_server_does_not_notify_is_evaluated_recorded_and_alarmed_and_the_item_made_anew()
    {
        await using var plc = await AuditedAsync();
        var before = plc.Sink.Samples.Last(sample => sample.Tag == 0).PlantTime;
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        await plc.UntilAsync(_ => plc.Values().Contains(96), "the change, found by reading", within: TimeSpan.FromSeconds(25));

        var entries = plc.Sink.Entries.ToList();
        var found = entries.FindIndex(entry => entry is PlcNotification notification && notification.Samples.ToArray().Any(sample => sample.Value == TagValue.From(96.0)));
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((0, before, GapCause.NotNotified), (gap.Tag, gap.Start, gap.Cause));
        Assert.True(entries.IndexOf(gap) < found);
        Assert.Equal(0u, ((PlcNotification)entries[found]).Sequence);
        await plc.SeenAsync(sink => sink.Conditions.Any(condition => condition is { Active: true }), "the condition");
        Assert.Contains("LT101", plc.Sink.Conditions.Single(condition => condition.Name == Condition).Detail, StringComparison.Ordinal);

        // the new item works, and after two rounds without a finding the condition ends
        plc.Server.Do(plant => plant.Unnotified.Clear());
        await plc.UntilAsync(_ => plc.Server.Received<DeleteMonitoredItemsRequest>().Count == 1 && plc.Server.Received<CreateMonitoredItemsRequest>().Count == 2, "a new item");
        plc.Server.Set("LT101", 97);
        await plc.UntilAsync(_ => plc.Values().Contains(97), "the next change, notified");
        await plc.UntilAsync(sink => sink.Conditions.Any(condition => condition is { Active: false }), "the end of the condition");
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    public async Task The_condition_ends_though_the_connection_was_another_meanwhile()
    {
        await using var plc = await AuditedAsync();
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        await plc.UntilAsync(sink => sink.Conditions.Any(condition => condition is { Active: true }), "the condition");
        plc.Server.Do(plant => plant.Unnotified.Clear());
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "the next connection");
        await plc.UntilAsync(sink => sink.Conditions.Any(condition => condition is { Active: false }), "the end of the condition");
        Assert.All(plc.Sink.Conditions, condition => Assert.Equal(Condition, condition.Name));
    }

    [Fact]
    public async Task Readings_that_agree_with_what_was_notified_have_no_effect()
    {
        await using var plc = await AuditedAsync();
        var samples = plc.Sink.Samples.Count;
        await plc.PassAsync(TimeSpan.FromSeconds(35));
        Assert.Equal(samples, plc.Sink.Samples.Count);
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Conditions);
        Assert.True(plc.Server.Received<ReadRequest>().Count(request => request.Read<ReadRequest>().NodesToRead.Length == ScriptedPlc.Tags.Count) >= 3);
    }

    // a server that is behind with its messages says so: what was read now is notified later
    [Fact]
    [Trait("Field", "F-8")]
    public async Task No_tag_is_condemned_while_the_server_says_that_more_messages_wait()
    {
        await using var plc = await AuditedAsync();
        plc.Server.KeepsAlive = false;
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        for (var second = 1; second <= 40; second++)
        {
            var value = second;
            plc.Server.Do(plant => plant.SetRaw("TT103", new(Variant.From((double)value))));
            await PublishAsync(plc, more: true, PublishingTests.Data(3, second));
            await plc.PassAsync(TimeSpan.FromSeconds(1), step: TimeSpan.FromMilliseconds(500));
        }

        await PublishAsync(plc, more: false, PublishingTests.Data(1, 96));
        await plc.UntilAsync(_ => plc.Values()[^1] == 96, "the change, notified late");
        plc.Server.KeepsAlive = true;
        await plc.PassAsync(TimeSpan.FromSeconds(25));
        Assert.Equal([0, 96], plc.Values());
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Conditions);
        Assert.Empty(plc.Sink.Downs);
    }

    // one that says so for ever would never be looked at, and nobody would know
    [Fact]
    [Trait("Field", "F-8")]
    public async Task A_server_that_says_for_ever_that_more_messages_wait_is_told_and_looked_at_all_the_same()
    {
        await using var plc = await AuditedAsync();
        plc.Server.KeepsAlive = false;
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        for (var second = 1; plc.Values()[^1] != 96 && second <= 120; second++)
        {
            await PublishAsync(plc, more: true, PublishingTests.Data(3, second));
            await plc.PassAsync(TimeSpan.FromSeconds(1), step: TimeSpan.FromMilliseconds(500));
        }

        Assert.Equal(96, plc.Values()[^1]);
        Assert.Equal((AcquisitionConditions.Behind("PLC1", 1), true), (plc.Sink.Conditions[0].Name, plc.Sink.Conditions[0].Active));

        await PublishAsync(plc, more: false, PublishingTests.Data(3, 0));
        plc.Server.KeepsAlive = true;
        await plc.UntilAsync(sink => sink.Conditions.Any(condition => condition is { Active: false } && condition.Name == AcquisitionConditions.Behind("PLC1", 1)), "that nothing waits any more");
        Assert.Empty(plc.Sink.Downs);
    }

    // a message that is missing may be the one with the change
    [Fact]
    [Trait("Field", "F-8")]
    public async Task No_tag_is_condemned_by_a_reading_that_is_answered_while_a_message_is_missing()
    {
        await using var plc = await AuditedAsync();
        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        plc.Server.On<ReadRequest>(read => IsSecond(read) ? ScriptedReply.Silence : ScriptedReply.Polite);
        await plc.UntilAsync(_ => plc.Server.Received<ReadRequest>().Any(request => IsSecond(request.Read<ReadRequest>())), "the second reading");

        // the notification is lost on its way, and the message behind it shows the hole
        plc.Server.Do(plant => plant.Unnotified.Clear());
        plc.Server.LoseNext();
        plc.Server.Set("LT101", 96);
        plc.Server.Set("TT103", 1);
        plc.Server.Answer(plc.Server.Received<ReadRequest>().Last(request => IsSecond(request.Read<ReadRequest>())), ScriptedReply.Of(new ReadResponse { Results = [new(Variant.From(96.0))] }));
        plc.Server.Politely<ReadRequest>();
        await plc.UntilAsync(_ => plc.Values()[^1] == 96, "the message, sent again", within: TimeSpan.FromSeconds(2));
        Assert.Single(plc.Server.Received<RepublishRequest>());
        Assert.Empty(plc.Sink.Gaps);
        Assert.Empty(plc.Sink.Conditions);
    }

    // the old item is gone and the new one is not had: a tag that nobody hears must not be believed
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Field", "F-8")]
    public async Task A_tag_whose_new_item_is_not_had_at_once_is_told_as_not_monitored_and_its_time_without_item_is_a_gap(bool deleteIsLost)
    {
        await using var plc = await AuditedAsync(TimeSpan.FromSeconds(3));
        if (deleteIsLost)
        {
            plc.Server.On<DeleteMonitoredItemsRequest>(_ => ScriptedReply.Silence, times: 1);
        }
        else
        {
            plc.Server.On<CreateMonitoredItemsRequest>(_ => ScriptedReply.Fault(StatusCodes.BadTooManyOperations), times: 1);
        }

        plc.Server.Do(plant => plant.Unnotified.Add("LT101"));
        plc.Server.Set("LT101", 96);
        await plc.UntilAsync(sink => sink.MonitoredTags.Any(tag => tag is { Tag: 0, Result.IsBad: true }), "that it is not monitored");
        plc.Server.Do(plant => plant.Unnotified.Clear());
        await plc.UntilAsync(sink => sink.MonitoredTags[^1] is { Tag: 0, Result.IsGood: true } && sink.Gaps.Count == 2, "the new item");
        plc.Server.Set("LT101", 97);
        await plc.UntilAsync(_ => plc.Values()[^1] == 97, "a change, notified");
        Assert.Equal((0, GapCause.ConnectionLost), (plc.Sink.Gaps[^1].Tag, plc.Sink.Gaps[^1].Cause));
        Assert.True(plc.Sink.Gaps[^1].End - plc.Sink.Gaps[^1].Start > TimeSpan.FromSeconds(2), plc.Sink.Gaps[^1].ToString());
        Assert.Empty(plc.Sink.Downs);
    }

    private static bool IsSecond(ReadRequest read) => read.NodesToRead is [{ AttributeId: AttributeIds.Value, NodeId: var node }] && node.ToString().Contains("LT101", StringComparison.Ordinal);

    private static async Task PublishAsync(ScriptedPlc plc, bool more, ExtensionObject data)
    {
        uint sequence = 0;
        plc.Server.Do(plant => sequence = plant.Subscriptions[0].NextSequence++);
        await plc.Server.PublishAsync(ScriptedReply.Of(
            new PublishResponse { SubscriptionId = 1, MoreNotifications = more, NotificationMessage = new() { SequenceNumber = sequence, Notifications = [data] } }));
    }

    private static async Task<ScriptedPlc> AuditedAsync(TimeSpan? patience = null)
    {
        var plc = new ScriptedPlc();
        await plc.StartLiveAsync(options => options with
        {
            AuditEvery = TimeSpan.FromSeconds(10), RetryItemsAfter = TimeSpan.FromSeconds(5),
            Client = options.Client with { RequestTimeout = patience ?? options.Client.RequestTimeout },
        });
        return plc;
    }
}
