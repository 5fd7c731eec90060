using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>Which tag is tried next.</summary>
public sealed class MonitoredTagsTests
{
    [Fact]
    public void However_an_attempt_is_set_or_dropped_the_earliest_is_the_earliest()
    {
        var options = new OpcUaPlcOptions
        {
            Source = "PLC1", Client = new() { EndpointUrl = new("opc.tcp://127.0.0.1:1"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
            Tags = [new(0, "A", "i=1", TimeSpan.Zero), new(1, "B", "i=2", TimeSpan.Zero)],
        };
        var tags = new MonitoredTags(options, options.Tags, new PlantClock(new FakeTimeProvider(), PlantTime.Zero));
        Assert.Null(tags.Earliest());
        tags.All[1].RetryAt = PlantTime.Zero;
        Assert.Same(tags.All[1], tags.Earliest());
        tags.Disown(tags.All[1]);
        Assert.Null(tags.Earliest());
        tags.Remake(tags.All[0]);
        Assert.Same(tags.All[0], tags.Earliest());
    }
}
