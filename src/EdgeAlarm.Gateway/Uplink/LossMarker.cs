using System.Buffers;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>The small event that takes the place of one that the broker will never take, so that the sequence stays dense and the loss is on record at the centre.</summary>
internal static class LossMarker
{
    /// <summary>The kind of the marker.</summary>
    internal const string Kind = "Loss";

    /// <summary>Makes the marker: same key, only what identifies the event. The same event and reason give the same bytes, so that a second making is no conflict.</summary>
    internal static StoredEvent Make(string site, string gateway, StoredEvent refused, string reason)
    {
        EventMessage? original;
        try
        {
            original = EventJson.Parse(refused.Payload.Span);
        }
        catch (WireFormatException)
        {
            original = null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        EventJson.Write(buffer, new EventMessage
        {
            Site = site,
            Gateway = gateway,
            Epoch = refused.Epoch,
            Seq = refused.Seq,
            Kind = Kind,
            Cause = "system",
            Alarm = Short(original?.Alarm),
            Occurrence = Short(original?.Occurrence),
            Priority = Short(original?.Priority),
            Tag = Short(original?.Tag),
            PlantTime = original?.PlantTime ?? DateTime.UnixEpoch,
            ConditionTime = original?.ConditionTime ?? DateTime.UnixEpoch,
            Name = Short(original?.Kind),
            Reason = reason,
        });
        return refused with { Payload = buffer.WrittenMemory };
    }

    internal static bool Is(StoredEvent stored)
    {
        try
        {
            return EventJson.Parse(stored.Payload.Span).Kind == Kind;
        }
        catch (WireFormatException)
        {
            return false;
        }
    }

    private static string? Short(string? text) => text is { Length: > 100 } ? text[..100] : text;
}
