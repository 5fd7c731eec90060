using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Configuration;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Scripted;

/// <summary>A pulse that the master alarm list says must never be missed, and a server that samples as it likes.</summary>
public sealed class PulseTests
{
    private static readonly PulseDemand Demand = new("LT101_HIHI", TimeSpan.FromMilliseconds(300));

    // the list says 300 ms, 100 ms were asked for, and the server made it half a second without a word
    [Fact]
    [Trait("Field", "F-1")]
    public async Task A_server_that_samples_more_slowly_than_a_demanded_pulse_is_alarmed_by_name_until_it_samples_faster()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.SamplingMinMs = 500);
        await plc.StartLiveAsync(Demanding);
        var raised = Assert.Single(plc.Sink.Conditions);
        Assert.Equal((AcquisitionConditions.PulseTooShort("PLC1", 1), true), (raised.Name, raised.Active));
        Assert.Contains("LT101_HIHI must not miss pulses of 300 ms, but of LT101 only 500 ms are certain to be seen", raised.Detail, StringComparison.Ordinal);

        plc.Server.Do(plant =>
        {
            plant.SamplingMinMs = 0;
            plant.Restart();
        });
        await plc.UntilAsync(sink => sink.Conditions.Count == 2, "the end of the condition");
        Assert.False(plc.Sink.Conditions[1].Active);
    }

    [Fact]
    [Trait("Field", "F-1")]
    public async Task A_pulse_that_is_longer_than_the_revised_interval_is_none_of_it()
    {
        await using var plc = new ScriptedPlc();
        plc.Server.Do(plant => plant.SamplingMinMs = 300);
        await plc.StartLiveAsync(Demanding);
        Assert.Empty(plc.Sink.Conditions);
    }

    private static OpcUaPlcOptions Demanding(OpcUaPlcOptions options) => options with { Tags = [options.Tags[0] with { ShortestPulse = Demand }, .. options.Tags.Skip(1)] };
}
