using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers.Scripted;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>Items whose making has no certain end, that the server loses, or that it cannot make so many of at once; and the clock that stands in each subscription.</summary>
public sealed class ItemTests
{
    // the server makes the item and its answer is lost: a second item must not speak under the same number
    [Fact]
    public async Task An_item_whose_answer_was_lost_is_made_under_another_number_and_the_stray_one_is_deleted()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant =>
        {
            plant.CountsItems = true;
            plant.Refused["PT102"] = StatusCodes.BadNodeIdUnknown;
        });
        plc.Start(options => options with { RetryItemsAfter = TimeSpan.FromSeconds(5), Client = options.Client with { RequestTimeout = TimeSpan.FromSeconds(3) } });
        await plc.SeenAsync(sink => sink.Samples.Count >= 2, "the other tags");
        plc.Server.Do(plant => plant.Refused.Clear());
        uint lost = 0;
        plc.Server.On<CreateMonitoredItemsRequest>(
            request =>
            {
                lost = request.ItemsToCreate.Single().RequestedParameters.ClientHandle;
                plc.Server.Plant.Subscriptions[0].Items[4711] = lost;
                return ScriptedReply.Silence;
            },
            times: 1);
        await plc.UntilAsync(_ => plc.Values(1).Count > 0, "the tag, at last");
        var made = plc.Server.Received<CreateMonitoredItemsRequest>()[^1].Read<CreateMonitoredItemsRequest>().ItemsToCreate.Single().RequestedParameters.ClientHandle;
        Assert.NotEqual(0u, lost);
        Assert.NotEqual(lost, made);
        await plc.UntilAsync(_ => plc.Server.Received<DeleteMonitoredItemsRequest>().Any(request => request.Read<DeleteMonitoredItemsRequest>().MonitoredItemIds.Contains(4711u)), "the deletion of the stray item");

        // what the stray item had on its way reaches nobody
        await plc.Server.PublishAsync(ScriptedServer.Message(1, plc.Server.Plant.Subscriptions[0].NextSequence++, PublishingTests.Data(lost, 666)));
        plc.Server.Set("PT102", 8);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 8, "a later value");
        Assert.DoesNotContain(666, plc.Values(1));
        Assert.Empty(plc.Sink.Downs);
    }

    // reconnected, the subscription is there, and a third of its items is not
    [Fact]
    [Trait("Field", "F-14")]
    public async Task Items_that_a_server_lost_in_a_break_are_found_by_counting_and_made_anew()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.CountsItems = true);
        await plc.StartLiveAsync();
        var heard = plc.Sink.Samples.Last(sample => sample.Tag == 1).PlantTime;
        await plc.PassAsync(TimeSpan.FromSeconds(5));
        plc.Server.Do(plant =>
        {
            var subscription = plant.Subscriptions[0];
            var lost = subscription.Items.Single(item => item.Value == 2);
            subscription.Items.Remove(lost.Key);
            subscription.Handles.Remove(subscription.Handles.Single(handle => handle.Value == 2).Key);
        });
        plc.Server.Cut();
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "recovery");
        plc.Server.Set("PT102", 8);
        await plc.UntilAsync(_ => plc.Values(1)[^1] == 8, "the value of the lost item");
        Assert.Contains(plc.Log.Lines, line => line.Id == 1014 && line.Text.Contains("1 of 3", StringComparison.Ordinal));
        Assert.Contains(plc.Sink.MonitoredTags, tag => tag is { Tag: 1, Result.IsBad: true });
        Assert.DoesNotContain(plc.Sink.MonitoredTags, tag => tag is { Tag: not 1, Result.IsBad: true });

        // since when it was lost, nobody knows: its gap begins with the last that was heard of it
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((1, heard, GapCause.ConnectionLost), (gap.Tag, gap.Start, gap.Cause));
        Assert.True(gap.End - gap.Start >= TimeSpan.FromSeconds(5), gap.ToString());
    }

    [Theory]
    [InlineData(0x80100000u)] // BadTooManyOperations
    [InlineData(0x80B80000u)] // BadRequestTooLarge
    [InlineData(0x80B90000u)] // BadResponseTooLarge
    [InlineData(0x80080000u)] // BadEncodingLimitsExceeded
    public async Task A_call_that_is_too_large_is_halved_until_the_server_bears_it(uint refusal)
    {
        await using var plc = new ScriptedPlc();
        plc.Server.On<CreateMonitoredItemsRequest>(
            request => request.ItemsToCreate.Length > 1 ? ScriptedReply.Fault(new(refusal)) : ScriptedReply.Polite, times: 1000);
        plc.Start();
        await plc.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == 3, "every tag", within: TimeSpan.FromMinutes(1));
        var sizes = plc.Server.Received<CreateMonitoredItemsRequest>().Select(request => request.Read<CreateMonitoredItemsRequest>().ItemsToCreate.Length).ToList();
        Assert.Equal(1, sizes[^1]);
        Assert.True(sizes.Count <= 20, $"{sizes.Count} calls for four items");
        Assert.Empty(plc.Sink.Downs);
    }

    [Fact]
    [Trait("Field", "F-10")]
    public async Task Publish_requests_that_a_server_refuses_are_never_sent_to_it_again()
    {
        await using var plc = new ScriptedPlc();
        var outstanding = 0;
        plc.Server.On<PublishRequest>(_ => outstanding++ >= 2 && outstanding <= 4 ? ScriptedReply.Fault(StatusCodes.BadTooManyPublishRequests) : ScriptedReply.Polite, times: 4);
        await plc.StartLiveAsync();
        for (var value = 1; value <= 10; value++)
        {
            plc.Server.Set("LT101", value);
            var last = value;
            await plc.UntilAsync(_ => plc.Values()[^1] == last, "a value");
        }

        plc.Server.Do(plant => Assert.InRange(plant.WaitingPublishes, 1, 2));
        Assert.InRange(plc.Status.PublishLimit, 1, 2);
        Assert.Contains(plc.Log.Lines, line => line.Id == 1007);
        Assert.Empty(plc.Sink.Downs);
    }

    // a queue of one cannot say that it overflowed: the break itself is the gap
    [Fact]
    [Trait("Field", "F-1")]
    public async Task A_break_over_a_queue_of_one_is_a_gap_of_its_tag_alone()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.QueueOfOne.Add("PT102"));
        await plc.StartLiveAsync();
        plc.Server.Refuse(true);
        plc.Server.Cut();
        await plc.PassAsync(TimeSpan.FromSeconds(3));
        plc.Server.Refuse(false);
        plc.Server.Set("LT101", 1);
        await plc.UntilAsync(sink => sink.Ups.Count == 2 && plc.Values()[^1] == 1, "recovery");
        var gap = Assert.Single(plc.Sink.Gaps);
        Assert.Equal((1, GapCause.Overflow), (gap.Tag, gap.Cause));
        Assert.True(gap.End - gap.Start > TimeSpan.FromSeconds(2));
    }

    // no single message waits long, but all of them do: the server has no request to send by, and its queue of one loses values
    [Fact]
    [Trait("Field", "F-1")]
    public async Task A_sink_that_is_slow_with_each_message_is_a_gap_of_queues_of_one()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.QueueOfOne.Add("PT102"));
        await plc.StartLiveAsync(options => options with { Publishing = TimeSpan.FromSeconds(1) });
        Assert.InRange(plc.Status.PublishLimit, 3, 10);
        plc.Sink.Fill();
        for (var value = 1; value <= 40; value++)
        {
            plc.Server.Set("LT101", value);
            await plc.PassAsync(TimeSpan.FromMilliseconds(500), step: TimeSpan.FromMilliseconds(500));
            if (value % 4 == 0)
            {
                plc.Sink.Step();
            }
        }

        plc.Sink.Drain();
        await plc.UntilAsync(_ => plc.Values()[^1] == 40, "the last value");
        Assert.NotEmpty(plc.Sink.Gaps);
        Assert.All(plc.Sink.Gaps, gap => Assert.Equal((1, GapCause.Overflow), (gap.Tag, gap.Cause)));
        Assert.Empty(plc.Sink.Downs);
    }

    // "after 4 h data stops while alarm events continue": the keep-alives go on, nothing is sampled
    [Fact]
    [Trait("Field", "F-11")]
    public async Task A_subscription_that_samples_nothing_any_more_is_found_by_its_servers_clock_though_its_keep_alives_go_on()
    {
        await using var plc = new ScriptedPlc();
        await plc.StartLiveAsync();
        for (var second = 0; second < 10; second++)
        {
            plc.Server.Tick();
            await plc.PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(plc.Sink.Downs);
        Assert.All(plc.Sink.Samples, sample => Assert.InRange(sample.Tag, 0, 2));
        await plc.UntilAsync(sink => sink.Ups.Count == 2, "new items", within: TimeSpan.FromSeconds(40));
        Assert.Contains("its clock stands still", plc.Sink.Downs.Single().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Field", "F-15")]
    public async Task A_server_whose_clock_is_refused_or_stands_still_from_the_start_is_believed_by_its_keep_alives(bool refused)
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.RefusesClock = refused);
        await plc.StartLiveAsync();
        await plc.PassAsync(TimeSpan.FromMinutes(2), step: TimeSpan.FromSeconds(1));
        Assert.Empty(plc.Sink.Downs);
        Assert.Equal(3, plc.Sink.MonitoredTags.Count(tag => tag.Result.IsGood));
    }
}
