namespace EdgeAlarm.Engine;

/// <summary>Conditions of discrete values: states, and bits of alarm words.</summary>
internal static class Discrete
{
    /// <summary>Abnormal while the value is one of a set.</summary>
    /// <param name="value">NaN where there is none.</param>
    /// <param name="set">The abnormal values.</param>
    public static Truth IsInSet(double value, ReadOnlySpan<double> set) =>
        double.IsNaN(value) ? Truth.Unknown : set.Contains(value) ? Truth.Abnormal : Truth.Normal;

    /// <summary>Abnormal while the bits of a word are as the definition says. A real number has no bits: where a download turned the word into one, nothing can be said.</summary>
    /// <param name="reading">NaN where there is no value.</param>
    /// <param name="word">The value.</param>
    /// <param name="bits">What to look for.</param>
    public static Truth HasBits(double reading, TagValue word, BitPattern bits)
    {
        if (double.IsNaN(reading) || word.Kind is TagValueKind.None or TagValueKind.Real)
        {
            return Truth.Unknown;
        }

        return bits.IsAbnormal(unchecked((ulong)word.Bits)) ? Truth.Abnormal : Truth.Normal;
    }
}
