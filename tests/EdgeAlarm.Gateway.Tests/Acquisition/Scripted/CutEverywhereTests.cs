
namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>
/// Connecting, subscribing, publishing and, after a first cut, republishing exchange some dozens of messages. The connection is ended after each single one of them in turn;
/// each time the client has to end live, with every value delivered once or in a gap.
/// </summary>
public sealed class CutEverywhereTests
{
    private const int Values = 6;

    [Fact]
    public async Task Wherever_between_two_messages_the_connection_ends_the_client_ends_live_and_nothing_is_lost_silently()
    {
        var messages = await PlayAsync(cutAfter: 0);
        Assert.InRange(messages, 40, 200);
        for (var cut = 1; cut <= messages; cut++)
        {
            await PlayAsync(cut);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{messages} places");
    }

    private static async Task<long> PlayAsync(int cutAfter)
    {
        await using var plc = new ScriptedPlc();
        plc.Server.CutAfter(cutAfter);
        plc.Start();
        var place = $"cut after message {cutAfter}";
        await plc.UntilAsync(sink => sink.Samples.Select(sample => sample.Tag).Distinct().Count() == ScriptedPlc.Tags.Count, $"the first samples, {place}");
        for (var value = 1; value <= Values; value++)
        {
            if (value == Values / 2)
            {
                plc.Server.Cut();
            }

            plc.Server.Set("LT101", value);
            await plc.UntilAsync(_ => plc.Values()[^1] == value, $"value {value}, {place}");
        }

        await plc.UntilAsync(sink => sink.Ups.Count > sink.Downs.Count - (sink.Entries.First(entry => entry is RecordingSink.Up or RecordingSink.Down) is RecordingSink.Down ? 1 : 0), $"the end, live, {place}");
        AssertAccounted(plc, place);
        return plc.Server.Messages;
    }

    private static void AssertAccounted(ScriptedPlc plc, string place)
    {
        var last = -1.0;
        var hasGap = false;
        foreach (var entry in plc.Sink.Entries)
        {
            hasGap |= entry is RecordingSink.Gap { Tag: null or 0 };
            if (entry is not EdgeAlarm.Gateway.Acquisition.PlcNotification message)
            {
                continue;
            }

            foreach (var sample in message.Samples.Span)
            {
                if (sample.Tag != 0)
                {
                    continue;
                }

                var value = sample.Value.AsNumber();
                Assert.True(value > last || (message.AfterRecovery && value == last), $"{value} came after {last}, {place}");
                Assert.True(value <= last + 1 || hasGap, $"{value} came after {last} without a gap, {place}");
                (last, hasGap) = (value, false);
            }
        }

        Assert.Equal(Values, last);
    }
}
