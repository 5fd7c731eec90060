namespace EdgeAlarm.Engine;

/// <summary>
/// How long something took, in bounded memory. Count, sum and maximum are exact; a quantile is told as the upper end of the bucket of the nearest rank: exact to the second
/// below 32 s, at most a sixteenth too long above.
/// </summary>
internal sealed class DurationHistogram
{
    /// <summary>Buckets of a histogram: up to three months, then one for all beyond.</summary>
    public const int BucketCount = (Exact / 2 * 18) + Exact + 1;

    private const int Exact = 32;
    private const int ExactBits = 5;

    private readonly int[] _buckets = new int[BucketCount];

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Their sum.</summary>
    public TimeSpan Sum { get; private set; }

    /// <summary>The longest.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>How many are in each bucket.</summary>
    public ReadOnlySpan<int> Buckets => _buckets;

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan duration)
    {
        Count++;
        Sum += duration;
        Max = duration > Max ? duration : Max;
        _buckets[BucketOf(duration)]++;
    }

    /// <summary>Adds all of another.</summary>
    public void Add(DurationHistogram other)
    {
        Count += other.Count;
        Sum += other.Sum;
        Max = other.Max > Max ? other.Max : Max;
        for (var bucket = 0; bucket < BucketCount; bucket++)
        {
            _buckets[bucket] += other._buckets[bucket];
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (Count, Sum, Max) = (0, TimeSpan.Zero, TimeSpan.Zero);
        Array.Clear(_buckets);
    }

    /// <summary>Puts back what was written aside.</summary>
    public void Set(TimeSpan sum, TimeSpan max, int bucket, int count)
    {
        (Sum, Max) = (sum, max);
        Count += count;
        _buckets[bucket] += count;
    }

    /// <summary>The mean; null for none.</summary>
    public TimeSpan? Mean() => Count == 0 ? null : new(Sum.Ticks / Count);

    /// <summary>A quantile by the nearest rank; null for none.</summary>
    /// <param name="percent">1 to 100.</param>
    public TimeSpan? Quantile(int percent)
    {
        var rank = ((Count * percent) + 99) / 100;
        for (var bucket = 0; bucket < BucketCount && Count > 0; bucket++)
        {
            rank -= _buckets[bucket];
            if (rank <= 0)
            {
                return bucket == BucketCount - 1 || UpperEnd(bucket) > Max ? Max : UpperEnd(bucket);
            }
        }

        return null;
    }

    // whole seconds, rounded up: sixteen buckets for each doubling
    private static int BucketOf(TimeSpan duration)
    {
        var seconds = Math.Max(0, (duration.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
        if (seconds < Exact)
        {
            return (int)seconds;
        }

        // an upper end belongs to its bucket
        var shift = System.Numerics.BitOperations.Log2((ulong)seconds) + 1 - ExactBits;
        var rounded = ((seconds - 1) >> shift) + 1;
        return (int)Math.Min(BucketCount - 1, (shift * (Exact / 2)) + rounded);
    }

    private static TimeSpan UpperEnd(int bucket)
    {
        if (bucket < Exact)
        {
            return TimeSpan.FromSeconds(bucket);
        }

        var shift = (bucket - 1 - (Exact / 2)) / (Exact / 2);
        return TimeSpan.FromSeconds((long)(bucket - (shift * (Exact / 2))) << shift);
    }
}
