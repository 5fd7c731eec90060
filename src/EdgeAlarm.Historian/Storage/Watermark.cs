namespace EdgeAlarm.Historian.Storage;

/// <summary>The rule by which a watermark moves: over the contiguous run, never back, never onto a conflict.</summary>
public static class Watermark
{
    /// <summary>How far the run reaches.</summary>
    /// <param name="through">The watermark before.</param>
    /// <param name="firstConflict">The lowest seq in conflict, or null. A conflict at or below the watermark freezes it.</param>
    /// <param name="stored">Stored seqs beyond <paramref name="through"/>, ascending, without repetition.</param>
    public static long Advance(long through, long? firstConflict, IEnumerable<long> stored)
    {
        foreach (var seq in stored)
        {
            if (seq != through + 1 || seq >= firstConflict)
            {
                break;
            }

            through = seq;
        }

        return through;
    }

    /// <summary>The ranges of seqs that are missing between two bounds.</summary>
    /// <param name="from">First seq to look at.</param>
    /// <param name="to">Last seq to look at.</param>
    /// <param name="stored">Stored seqs within the bounds, ascending, without repetition.</param>
    public static IEnumerable<(long First, long Last)> Missing(long from, long to, IEnumerable<long> stored)
    {
        foreach (var seq in stored)
        {
            if (seq > from)
            {
                yield return (from, seq - 1);
            }

            from = seq + 1;
        }

        if (from <= to)
        {
            yield return (from, to);
        }
    }
}
