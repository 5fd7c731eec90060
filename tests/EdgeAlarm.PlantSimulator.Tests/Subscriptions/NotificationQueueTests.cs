using CsCheck;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Tests.Subscriptions;

public class NotificationQueueTests
{
    private const uint GoodOverflow = 0x0000_0480;

    // OPC 10000-4 §5.13.1.5: the value behind the gap carries the bit
    [Fact, Trait("Field", "F-2")]
    public void A_full_queue_that_discards_the_oldest_marks_the_value_that_is_now_the_oldest()
    {
        Assert.Equal([(3, GoodOverflow), (4, 0), (5, 0)], Through(3, discardOldest: true, 1, 2, 3, 4, 5));
        Assert.Equal([(2, GoodOverflow), (3, 0), (4, 0)], Through(3, discardOldest: true, 1, 2, 3, 4));
        Assert.Equal([(1, 0u), (2, 0), (3, 0)], Through(3, discardOldest: true, 1, 2, 3));
    }

    [Fact, Trait("Field", "F-2")]
    public void A_full_queue_that_keeps_the_oldest_overwrites_the_newest_and_marks_it() =>
        Assert.Equal([(1, 0u), (2, 0), (5, GoodOverflow)], Through(3, discardOldest: false, 1, 2, 3, 4, 5));

    [Fact, Trait("Field", "F-2")]
    public void A_queue_of_one_replaces_its_value_and_never_tells() =>
        Assert.Equal([(5, 0u)], Through(1, discardOldest: true, 1, 2, 3, 4, 5));

    [Fact]
    public void Queue_agrees_with_a_plain_list_whatever_is_put_in_and_taken_out()
    {
        var run = Gen.Select(Gen.Int[1, 12], Gen.Bool, Gen.Bool.Array[0, 200]);
        run.Sample(
            (capacity, discardOldest, puts) =>
            {
                var queue = new NotificationQueue(capacity, discardOldest);
                var model = new List<(int Value, bool Marked)>();
                for (var i = 0; i < puts.Length; i++)
                {
                    if (puts[i])
                    {
                        queue.Enqueue(new DataValue(Variant.From(i)));
                        Put(model, i, capacity, discardOldest);
                    }
                    else if (model.Count > 0)
                    {
                        Assert.Equal((model[0].Value, model[0].Marked ? GoodOverflow : 0), Pair(queue.Dequeue()));
                        model.RemoveAt(0);
                    }

                    Assert.Equal(model.Count, queue.Count);
                }
            },
            iter: 1_000);
    }

    private static void Put(List<(int Value, bool Marked)> model, int value, int capacity, bool discardOldest)
    {
        if (model.Count < capacity)
        {
            model.Add((value, false));
        }
        else if (capacity == 1)
        {
            model[0] = (value, false);
        }
        else if (discardOldest)
        {
            model.RemoveAt(0);
            model[0] = (model[0].Value, true);
            model.Add((value, false));
        }
        else
        {
            model[^1] = (value, true);
        }
    }

    private static (int Value, uint Status)[] Through(int capacity, bool discardOldest, params int[] values)
    {
        var queue = new NotificationQueue(capacity, discardOldest);
        foreach (var value in values)
        {
            queue.Enqueue(new DataValue(Variant.From(value)));
        }

        var left = new List<(int, uint)>();
        while (queue.Count > 0)
        {
            left.Add(Pair(queue.Dequeue()));
        }

        return [.. left];
    }

    private static (int Value, uint Status) Pair(DataValue value) => ((int)value.Value.AsDouble(), value.Status.Code);
}
