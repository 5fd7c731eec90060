namespace EdgeAlarm.Engine;

/// <summary>Finds the ConditionTime of a sample: when the value came to be in the plant, on the plant-time scale.</summary>
internal static class ConditionClock
{
    /// <summary>
    /// How far a mapped SourceTime may lie after the reception before it is called suspect: the measured offset is only good to a round trip and a publishing
    /// interval, and a PLC that was set forward is wrong by far more.
    /// </summary>
    internal static readonly TimeSpan AheadTolerance = TimeSpan.FromSeconds(1);

    /// <summary>
    /// SourceTime mapped by the measured offset, never after the sample's PlantTime and never before the tag's previous ConditionTime. Reception time, flagged, where
    /// SourceTime is missing, the clock is not synchronised, or it says the future.
    /// </summary>
    /// <remarks>
    /// A SourceTime that stands still or goes back keeps the previous ConditionTime: a delay then ends early, by a tick, but never late. Reception time would be the wrong
    /// answer there: in a burst after a network cut it would pull the rest of the burst together to one moment, and an alarm would be missed.
    /// </remarks>
    public static PlantTime Map(in Sample sample, in SourceCell source, PlantTime previous, out bool isReceptionTime)
    {
        isReceptionTime = sample.SourceTime.IsMissing || !source.IsMeasured || !source.IsSynchronised;
        var time = sample.PlantTime;
        if (!isReceptionTime)
        {
            var mapped = AddWithin(sample.SourceTime.Ticks, source.Offset.Ticks);
            isReceptionTime = new PlantTime(mapped) > sample.PlantTime + AheadTolerance;
            time = new PlantTime(Math.Min(mapped, sample.PlantTime.Ticks));
        }

        return PlantTime.Max(time, previous);
    }

    // SourceTime is a foreign number: any 64 bits.
    private static long AddWithin(long ticks, long offset)
    {
        var sum = unchecked(ticks + offset);
        var overflowed = ((ticks ^ sum) & (offset ^ sum)) < 0;
        if (overflowed)
        {
            return offset > 0 ? long.MaxValue : 0;
        }

        return Math.Max(sum, 0);
    }
}
