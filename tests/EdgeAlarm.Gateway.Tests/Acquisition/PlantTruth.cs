using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Compares what was delivered with what the plant's value log says happened.</summary>
internal static class PlantTruth
{
    /// <summary>
    /// For each tag: from its first delivered sample on, every value of the log came exactly once, in order, with its time and status. A value equal
    /// to the one before it (value and status) is no change and may be absent. Messages after a recovery may repeat the last value, which rule R10 drops:
    /// node-opcua sends the present value of every item again when a session is activated on a new channel.
    /// </summary>
    /// <returns>How many values were compared.</returns>
    public static int AssertNothingMissing(string valueLog, IEnumerable<PlcNotification> messages, int tags)
    {
        var log = PlantValue.ReadLog(valueLog).ToLookup(value => value.Tag, StringComparer.Ordinal);
        var delivered = WithoutRepeats(messages).ToLookup(sample => sample.Tag);
        var compared = 0;
        for (var tag = 0; tag < tags; tag++)
        {
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Tag{tag:D4}");
            var got = delivered[tag].Select(sample => (sample.SourceTime.Ticks, Value: sample.Value.AsNumber(), Status: sample.Quality.Code & 0xFFFF_0000)).ToArray();
            Assert.True(got.Length > 0, $"{name} was never delivered");
            var expected = Changes(log[name]).SkipWhile(value => value.Ticks < got[0].Ticks).ToArray();
            for (var i = 0; i < Math.Max(got.Length, expected.Length); i++)
            {
                Assert.True(i < got.Length, $"{name}: {expected.Length - got.Length} values of the end are missing, the first {expected[Math.Min(i, expected.Length - 1)]}");
                Assert.True(i < expected.Length, $"{name}: {got[i]} was delivered but the plant never did it");
                Assert.True(got[i] == (expected[i].Ticks, expected[i].Value, expected[i].Status), $"{name}: value {i} is {got[i]}, the plant did {expected[i]}");
            }

            compared += got.Length;
        }

        return compared;
    }

    private static IEnumerable<Sample> WithoutRepeats(IEnumerable<PlcNotification> messages)
    {
        var last = new Dictionary<int, Sample>();
        foreach (var message in messages)
        {
            foreach (var sample in message.Samples.ToArray())
            {
                var repeats = message.AfterRecovery && last.TryGetValue(sample.Tag, out var before)
                    && (before.SourceTime, before.Value, before.Quality) == (sample.SourceTime, sample.Value, sample.Quality);
                last[sample.Tag] = sample;
                if (!repeats)
                {
                    yield return sample;
                }
            }
        }
    }

    private static IEnumerable<PlantValue> Changes(IEnumerable<PlantValue> values)
    {
        PlantValue? last = null;
        foreach (var value in values)
        {
            if (last is not { } before || !before.Value.Equals(value.Value) || before.Status != value.Status)
            {
                yield return value;
            }

            last = value;
        }
    }
}
