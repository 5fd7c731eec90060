namespace EdgeAlarm.Gateway.Outbox;

/// <summary>What the outbox knows of one epoch. The owner's thread only.</summary>
/// <param name="ordinal">Place of the epoch among all that this outbox ever held; older ones are drained first.</param>
/// <param name="epoch">The epoch.</param>
internal sealed class EpochTrack(int ordinal, Guid epoch)
{
    internal int Ordinal { get; } = ordinal;

    internal Guid Epoch { get; } = epoch;

    /// <summary>Receipted through this seq.</summary>
    internal long Through { get; private set; }

    /// <summary>Last seq that LiteDB holds or held; never below <see cref="Through"/>.</summary>
    internal long Tail { get; set; }

    /// <summary>Last seq that was handed over or receipted; what lies beyond <see cref="Tail"/> has to be filled in. The journal may have more already: that is not read before it is handed over.</summary>
    internal long Known { get; set; }

    /// <summary>Runs that the journal no longer had when they were asked for, ascending. The historian records them as lost.</summary>
    internal List<SeqRange> Holes { get; init; } = [];

    internal bool IsBehind => Tail < Known;

    internal bool IsDrained => Through >= Known;

    /// <summary>Lowest seq that is or will be held: behind the receipt, and behind a hole that follows it at once.</summary>
    internal long First
    {
        get
        {
            var first = Through + 1;
            foreach (var hole in Holes)
            {
                if (hole.First == first)
                {
                    first = hole.Last + 1;
                }
            }

            return first;
        }
    }

    /// <summary>Takes a receipt; a lower one changes nothing.</summary>
    internal void Receipted(long through)
    {
        Through = Math.Max(Through, through);
        Tail = Math.Max(Tail, Through);
        Known = Math.Max(Known, Tail);
        Holes.RemoveAll(hole => hole.Last <= Through);
    }

    /// <summary>The historian lost what it had receipted: everything behind <paramref name="through"/> is due again.</summary>
    internal void Rewind(long through) => (Through, Tail) = (through, through);

    /// <summary>The files were set aside: everything behind the receipt has to be filled in again.</summary>
    internal void Forget()
    {
        Tail = Through;
        Holes.Clear();
    }
}
