using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>
/// Reads the values of a DataChangeNotification one by one, without allocation for numbers: the hot path of a gateway. Diagnostics behind
/// the values are not read (OPC 10000-4 §7.25.2).
/// </summary>
public ref struct DataChangeNotificationReader
{
    private BinaryDecoder _decoder;

    /// <summary>A reader at the first value.</summary>
    /// <param name="body">The body of an ExtensionObject that holds a <see cref="DataChangeNotification"/>.</param>
    /// <param name="limits">What to accept at most.</param>
    /// <exception cref="ProtocolViolation">The number of values cannot be true.</exception>
    public DataChangeNotificationReader(ReadOnlyMemory<byte> body, DecodingLimits limits)
    {
        _decoder = new BinaryDecoder(body, limits);
        Count = Math.Max(_decoder.ReadArrayLength(MonitoredItemNotification.EncodedSizeMin), 0);
        Left = Count;
    }

    /// <summary>How many values the notification announces.</summary>
    public int Count { get; }

    /// <summary>How many values stand behind the one whose handle was read last.</summary>
    public int Left { get; private set; }

    /// <summary>Reads the next value; false behind the last.</summary>
    /// <exception cref="ProtocolViolation">The bytes are no such value; the reader is of no more use.</exception>
    public bool TryRead(out uint clientHandle, out DataValue value)
    {
        var isThere = TryReadHandle(out clientHandle);
        value = isThere ? ReadValue(null) : default;
        return isThere;
    }

    /// <summary>Reads the handle of the next value, which <see cref="ReadValue"/> has to read then; false behind the last.</summary>
    /// <exception cref="ProtocolViolation">The bytes do not suffice; the reader is of no more use.</exception>
    public bool TryReadHandle(out uint clientHandle)
    {
        if (Left == 0)
        {
            clientHandle = 0;
            return false;
        }

        Left--;
        clientHandle = _decoder.ReadUInt32();
        return true;
    }

    /// <summary>Reads the value whose handle was read.</summary>
    /// <param name="member">The way to a number in it; null for the whole value.</param>
    /// <exception cref="ProtocolViolation">The bytes are no such value; the reader is of no more use.</exception>
    public DataValue ReadValue(MemberReader? member) => _decoder.ReadDataValue(member);
}
