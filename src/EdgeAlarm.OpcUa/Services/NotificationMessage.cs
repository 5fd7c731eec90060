using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The notifications of one publishing of one subscription (OPC 10000-4 §7.26).</summary>
public sealed record NotificationMessage : IStructure<NotificationMessage>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 16;

    /// <summary>
    /// 1 .. 4,294,967,295, then 1 again. A message without notifications is a keep-alive and carries the next number without using it.
    /// </summary>
    public uint SequenceNumber { get; init; }

    /// <summary>By the server's clock: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long PublishTimeTicks { get; init; }

    /// <summary>
    /// NotificationData: a DataChangeNotification (see DataChangeNotificationReader), a StatusChangeNotification, or events.
    /// </summary>
    public ExtensionObject[] Notifications { get; init; } = [];

    /// <inheritdoc />
    public static NotificationMessage Decode(ref BinaryDecoder decoder) => new()
    {
        SequenceNumber = decoder.ReadUInt32(),
        PublishTimeTicks = decoder.ReadDateTimeTicks(),
        Notifications = decoder.ReadExtensionObjects(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteUInt32(SequenceNumber);
        encoder.WriteDateTimeTicks(PublishTimeTicks);
        encoder.WriteExtensionObjects(Notifications);
    }
}
