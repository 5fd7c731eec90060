namespace EdgeAlarm.Engine;

/// <summary>The part of a snapshot that is about one day.</summary>
internal static class KpiDaySnapshot
{
    public static void Write(SnapshotWriter writer, KpiDay day)
    {
        foreach (ref readonly var bin in day.Bins.AsSpan())
        {
            writer.WriteVarint(bin.Annunciated);
            writer.WriteVarint(bin.Wanted);
            writer.WriteVarint(bin.Wanted - bin.Seen);
            writer.WriteVarint(bin.Flood);
        }

        for (var priority = 0; priority < KpiRules.Priorities; priority++)
        {
            writer.WriteVarint(day.ByPriority[priority]);
            Write(writer, day.Responses[priority]);
        }

        Write(writer, in day.Counts);
    }

    public static void Read(ref SnapshotReader reader, KpiDay day)
    {
        foreach (ref var bin in day.Bins.AsSpan())
        {
            (bin.Annunciated, bin.Wanted) = ((int)reader.ReadVarint(), reader.ReadVarint());
            (bin.Seen, bin.Flood) = (bin.Wanted - reader.ReadVarint(), reader.ReadVarint());
        }

        for (var priority = 0; priority < KpiRules.Priorities; priority++)
        {
            day.ByPriority[priority] = reader.ReadVarint();
            Read(ref reader, day.Responses[priority]);
        }

        day.Counts = ReadCounts(ref reader);
    }

    private static void Write(SnapshotWriter writer, DurationHistogram histogram)
    {
        var used = 0;
        foreach (var count in histogram.Buckets)
        {
            used += count == 0 ? 0 : 1;
        }

        writer.WriteVarint(used);
        if (used == 0)
        {
            return;
        }

        writer.Write(histogram.Sum.Ticks);
        writer.Write(histogram.Max.Ticks);
        for (var bucket = 0; bucket < DurationHistogram.BucketCount; bucket++)
        {
            if (histogram.Buckets[bucket] != 0)
            {
                writer.WriteVarint(bucket);
                writer.WriteVarint(histogram.Buckets[bucket]);
            }
        }
    }

    private static void Read(ref SnapshotReader reader, DurationHistogram histogram)
    {
        var used = reader.ReadCount(DurationHistogram.BucketCount);
        if (used == 0)
        {
            return;
        }

        var (sum, max) = (new TimeSpan(reader.ReadInt64()), new TimeSpan(reader.ReadInt64()));
        for (; used > 0; used--)
        {
            var bucket = reader.ReadVarint();
            if (bucket is < 0 or >= DurationHistogram.BucketCount)
            {
                throw reader.Violation($"there is no bucket {bucket}");
            }

            histogram.Set(sum, max, (int)bucket, (int)reader.ReadVarint());
        }
    }

    private static void Write(SnapshotWriter writer, in KpiCounts counts)
    {
        writer.WriteVarint(counts.ReAlarms);
        writer.WriteVarint(counts.ActiveAtStart);
        writer.WriteVarint(counts.Journal);
        writer.WriteVarint(counts.Hidden);
        writer.WriteVarint(counts.ReturnedUnacknowledged);
        writer.WriteVarint(counts.Acknowledged);
        writer.WriteVarint(counts.RubberStamped);
        writer.WriteVarint(counts.Shelvings);
        writer.WriteVarint(counts.ShelvingsExpired);
        writer.WriteVarint(counts.ShelvingsByOperator);
        writer.WriteVarint(counts.ShelvedTicks);
        writer.WriteVarint(counts.ShelvedTicksMax);
        writer.WriteVarint(counts.Floods);
        writer.WriteVarint(counts.FloodAlarms);
        writer.WriteVarint(counts.Stale);
    }

    private static KpiCounts ReadCounts(ref SnapshotReader reader) => new()
    {
        ReAlarms = reader.ReadVarint(),
        ActiveAtStart = reader.ReadVarint(),
        Journal = reader.ReadVarint(),
        Hidden = reader.ReadVarint(),
        ReturnedUnacknowledged = reader.ReadVarint(),
        Acknowledged = reader.ReadVarint(),
        RubberStamped = reader.ReadVarint(),
        Shelvings = reader.ReadVarint(),
        ShelvingsExpired = reader.ReadVarint(),
        ShelvingsByOperator = reader.ReadVarint(),
        ShelvedTicks = reader.ReadVarint(),
        ShelvedTicksMax = reader.ReadVarint(),
        Floods = reader.ReadVarint(),
        FloodAlarms = reader.ReadVarint(),
        Stale = reader.ReadVarint(),
    };
}
