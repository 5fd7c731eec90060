using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Tells events again under the keys of an epoch that is not recorded (rule R9): those that were folded while the disk died, and let out to nobody. Their old keys go to other
/// events if the gateway starts anew before the disk is back.
/// </summary>
/// <param name="previous">The epoch that they were to be told in.</param>
/// <param name="lastTold">The last seq of it that was told.</param>
internal sealed class Retelling(Guid previous, long lastTold)
{
    private static readonly string Flag = JsonNamingPolicy.CamelCase.ConvertName(nameof(EventFlags.Unrecorded));

    /// <summary>The last seq of the previous epoch that was told.</summary>
    public long LastTold => lastTold;

    /// <summary>The same events under their new keys.</summary>
    /// <param name="events">The events, those behind <see cref="LastTold"/>, all of them.</param>
    /// <param name="epoch">The new epoch.</param>
    /// <param name="firstSeq">Seq of the first of them.</param>
    public IEnumerable<StoredEvent> Of(IReadOnlyList<StoredEvent> events, Guid epoch, long firstSeq)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        foreach (var stored in events)
        {
            var message = EventJson.Parse(stored.Payload.Span);
            var seq = firstSeq + stored.Seq - lastTold - 1;
            buffer.ResetWrittenCount();
            EventJson.Write(buffer, message with { Epoch = epoch, Seq = seq, Occurrence = Renamed(message.Occurrence, epoch, firstSeq), Flags = [.. message.Flags, Flag] });
            yield return new(epoch, seq, buffer.WrittenSpan.ToArray());
        }
    }

    // an occurrence is written as {epoch}:{seq}
    private string? Renamed(string? occurrence, Guid epoch, long firstSeq) =>
        occurrence is not null
        && occurrence.StartsWith(previous.ToString(), StringComparison.Ordinal)
        && long.TryParse(occurrence.AsSpan(occurrence.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && seq > lastTold
            ? FormattableString.Invariant($"{epoch}:{firstSeq + seq - lastTold - 1}")
            : occurrence;
}
