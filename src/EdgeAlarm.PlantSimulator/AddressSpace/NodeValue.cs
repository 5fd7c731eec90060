using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>The Value attribute of a variable.</summary>
/// <param name="Version">A number that differs whenever the value does, given the time; a constant has one for ever.</param>
/// <param name="Read">The value at this time, with its source time; the server time is the reader's.</param>
/// <param name="IsMuted">Whether the source gives no sample at the moment; reading still gives the last value.</param>
internal sealed record NodeValue(Func<long, long> Version, Func<long, DataValue> Read, Func<bool> IsMuted)
{
    internal static NodeValue Constant(Variant value, long since) => new(_ => 0, _ => new DataValue(value, SourceTicks: since), () => false);

    /// <summary>A value that the server works out when it is asked.</summary>
    internal static NodeValue Computed(Func<long, Variant> value) => new(now => now, now => new DataValue(value(now), SourceTicks: now), () => false);
}
