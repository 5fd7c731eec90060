using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Buffers;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>Turns a notification message into samples: one array a message, lent, and nothing per value.</summary>
internal static class SampleReader
{
    // as many as messages are under way between the connections and the pump while it keeps up
    private const int KeptMax = 16;
    private const int LengthMax = 1 << 14;
    private static readonly LeasePool<Sample> Samples = new(KeptMax, LengthMax);

    /// <summary>Reads the values of all DataChangeNotifications of a message, in its order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="tags">The tags by handle.</param>
    /// <param name="plantTime">Plant time of its arrival.</param>
    /// <param name="receivedAt">Wall clock of its arrival.</param>
    /// <param name="overflowed">Receives the tags whose queue overflowed at the server, with the arrival of the sample before; repeated where several values say so.</param>
    /// <param name="unreadable">Where the message could not be read; what came before it is returned. Null where all of it could.</param>
    /// <returns>The samples, and the lease of their memory, which the caller owns; null where there are none.</returns>
    public static (ReadOnlyMemory<Sample> Samples, Lease<Sample>? Lease) Read(
        NotificationMessage message, MonitoredTags tags, PlantTime plantTime, UtcTime receivedAt, List<(MonitoredTag Tag, PlantTime? Since)> overflowed, out UnreadableValue? unreadable)
    {
        unreadable = null;
        Lease<Sample>? lease = null;
        var count = 0;
        // what is being read: no handle where not even that was
        var (position, at, behind) = (0, UnreadableValue.NoHandle, 0);
        try
        {
            for (; position < message.Notifications.Length; position++)
            {
                var notification = message.Notifications[position];
                if (!notification.Holds<DataChangeNotification>())
                {
                    continue;
                }
                var reader = new DataChangeNotificationReader(notification.Body, DecodingLimits.Default);
                lease = Extended(lease, count, count + reader.Count);
                var samples = lease.Memory.Span;
                while (reader.TryReadHandle(out var handle))
                {
                    var tag = tags.Find(handle);
                    (at, behind) = (handle, reader.Left);
                    var value = reader.ReadValue(tag?.Target.Member);
                    at = UnreadableValue.NoHandle;
                    if (handle == ServerTimeItem.Handle)
                    {
                        tags.ServerTime.Came(value, plantTime);
                        continue;
                    }
                    if (tag is null)
                    {
                        continue;
                    }
                    ref var sample = ref samples[count];
                    sample = Sample(tag, value, plantTime, receivedAt);
                    Follow(tags, tag, sample, overflowed);
                    if (sample.Value.Kind is TagValueKind.None && !value.Value.IsNull)
                    {
                        tags.IsNoNumber(tag);
                    }
                    count++;
                }
            }
        }
        catch (ProtocolViolation violation)
        {
            // lengths are known only value by value: nothing behind it can be trusted
            unreadable = new(at, at is UnreadableValue.NoHandle || behind > 0 || message.Notifications[(position + 1)..].Any(rest => rest.Holds<DataChangeNotification>()), violation.Message.TrimEnd('.'));
        }
        return (lease?.Memory[..count] ?? default, lease);
    }

    // a message has one DataChangeNotification; servers may send more
    private static Lease<Sample> Extended(Lease<Sample>? lease, int count, int length)
    {
        var extended = Samples.Rent(length);
        lease?.Memory[..count].CopyTo(extended.Memory);
        lease?.Dispose();
        return extended;
    }

    /// <summary>The sample of a value that was read as a whole, outside of any notification.</summary>
    public static Sample OfWhole(MonitoredTag tag, in DataValue whole, PlantTime plantTime, UtcTime receivedAt) =>
        Sample(tag, tag.Target.Member is { } member ? member.Read(whole) : whole, plantTime, receivedAt);

    private static Sample Sample(MonitoredTag tag, in DataValue value, PlantTime plantTime, UtcTime receivedAt) => new(
        tag.Index, TagValueReader.Read(value.Value), new Quality(value.Status.Code), new UtcTime(value.SourceTicks), new UtcTime(value.ServerTicks), receivedAt, plantTime);

    private static void Follow(MonitoredTags tags, MonitoredTag tag, in Sample sample, List<(MonitoredTag Tag, PlantTime? Since)> overflowed)
    {
        if (sample.Quality.HasOverflow)
        {
            overflowed.Add((tag, tag.LastSample));
        }
        (tag.LastSample, tag.Last) = (sample.PlantTime, sample);
        if ((sample.Quality.Code & 0xFFFF_0000) == StatusCodes.BadNodeIdUnknown.Code)
        {
            tags.NodeGone(tag);
        }
        else
        {
            MonitoredTags.Works(tag);
        }
    }
}
