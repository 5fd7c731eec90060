using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>How tags are shared by subscriptions, and what survives when they are shared anew.</summary>
public class TagSharesTests
{
    private static readonly OpcUaPlcOptions Options = new()
    {
        Source = "PLC1",
        Client = new() { EndpointUrl = new("opc.tcp://127.0.0.1:4840"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
        ItemsPerSubscription = 10,
        Tags = [.. Enumerable.Range(0, 15).Select(tag => new PlcTag(tag, $"T{tag}", $"i={tag + 1}", TimeSpan.Zero))],
    };

    private readonly TagShares _shares = new(Options, new PlantClock(TimeProvider.System, PlantTime.Zero));

    // 15 tags at 10 make two parts, and so they do at 8: what matters is how large they are
    [Theory]
    [InlineData(int.MaxValue, 10, 5)]
    [InlineData(11, 10, 5)]
    [InlineData(10, 9, 6)]
    [InlineData(8, 7, 7, 1)]
    [InlineData(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)]
    public void No_part_is_larger_than_the_server_bears_with_its_clock_beside_the_tags(int itemsMax, params int[] sizes)
    {
        _shares.Limit(itemsMax);
        Assert.Equal(sizes, _shares.Select(part => part.Tags.All.Count));
    }

    [Fact]
    [Trait("Field", "F-22")]
    public void A_tag_that_is_another_variable_stays_so_when_the_tags_are_shared_anew()
    {
        _shares[1].Tags.All[0].IsAnother = true;
        _shares.Limit(5);
        Assert.Equal([10], _shares.SelectMany(part => part.Tags.All).Where(tag => tag.IsAnother).Select(tag => tag.Tag.Index));
    }

    [Fact]
    public void What_was_told_of_a_part_goes_on_with_its_number_and_parts_that_are_gone_are_named_once()
    {
        _shares.Limit(5);
        (_shares[0].MissesPulses, _shares[3].HasUnnotified) = (true, true);
        var last = _shares[3];
        _shares.Limit(int.MaxValue);
        Assert.Equal([true, false], _shares.Select(part => part.MissesPulses));
        var removed = _shares.TakeRemoved();
        Assert.Equal([3, 4], removed.Select(part => part.Number));
        Assert.Same(last, removed[1]);
        Assert.Empty(_shares.TakeRemoved());
    }
}
