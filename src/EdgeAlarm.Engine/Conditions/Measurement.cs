namespace EdgeAlarm.Engine;

/// <summary>The condition of a measurement itself.</summary>
internal static class Measurement
{
    /// <summary>Abnormal while the value is Bad or no number. It is never unknown for bad quality, which is what it tells; only before the first value.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="countsUncertain">Whether Uncertain and degraded values are bad enough.</param>
    public static Truth IsBad(in TagCell tag, bool countsUncertain)
    {
        if (tag.Freshness == Freshness.None)
        {
            return Truth.Unknown;
        }

        var isDoubtful = countsUncertain && (tag.Last.Quality.IsUncertain || tag.Last.Quality.IsDegraded);
        return !tag.IsUsable || isDoubtful ? Truth.Abnormal : Truth.Normal;
    }
}
