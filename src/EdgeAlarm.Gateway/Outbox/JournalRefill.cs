using EdgeAlarm.Gateway.Recorder;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>The way from the journal into the outbox: one enumeration at a time, batch by batch. Owner's thread.</summary>
internal sealed class JournalRefill(OutboxSource source, ILogger log, TimeSpan retryAfter)
{
    private IEnumerator<StoredEvent>? _events;
    private EpochTrack? _track;

    /// <summary>Whether the enumeration that runs is of this epoch.</summary>
    internal bool IsOf(EpochTrack track) => ReferenceEquals(track, _track);

    /// <summary>The next events behind the tail, as far as the journal goes, which may be further than what is known; empty at its end, null if it cannot be read now.</summary>
    internal List<StoredEvent>? ReadBatch(EpochTrack track)
    {
        var events = new List<StoredEvent>(EventChunk.EventsMax);
        try
        {
            if (!IsOf(track))
            {
                End();
                _events = source.ReadEvents(track.Epoch, track.Tail + 1).GetEnumerator();
                _track = track;
            }

            for (var bytes = 0; events.Count < EventChunk.EventsMax && bytes < EventChunk.BytesMax && _events!.MoveNext(); bytes += _events.Current.Payload.Length)
            {
                events.Add(_events.Current);
            }
        }
        catch (Exception failure)
        {
            OutboxLog.JournalNotRead(log, track.Epoch, track.Tail + 1, retryAfter, failure);
            End();

            // what was read before is good; the failure comes again if it is one that stays
            return events.Count > 0 ? events : null;
        }

        return events;
    }

    /// <summary>Reads past the outbox, while it cannot be used; nothing beyond what is known.</summary>
    internal List<StoredEvent> ReadDirect(EpochTrack track, long from, int max)
    {
        try
        {
            return [.. source.ReadEvents(track.Epoch, from).TakeWhile(stored => stored.Seq <= track.Known).Take(max)];
        }
        catch (Exception failure)
        {
            OutboxLog.JournalNotRead(log, track.Epoch, from, retryAfter, failure);
            return [];
        }
    }

    /// <summary>Ends the enumeration; the next batch begins a new one behind the tail.</summary>
    internal void End()
    {
        _events?.Dispose();
        _events = null;
        _track = null;
    }
}
