using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>
/// The subscription itself changed: BadTimeout means that it is dead, GoodSubscriptionTransferred that another session has it (OPC
/// 10000-4 §7.25.4).
/// </summary>
public sealed record StatusChangeNotification : IEncodedStructure<StatusChangeNotification>
{
    /// <inheritdoc />
    public static ushort EncodingId => 820;

    /// <inheritdoc />
    public static int EncodedSizeMin => 5;

    /// <summary>What happened.</summary>
    public StatusCode Status { get; init; }

    /// <summary>Diagnostics, or null.</summary>
    public DiagnosticInfo? Diagnostics { get; init; }

    /// <inheritdoc />
    public static StatusChangeNotification Decode(ref BinaryDecoder decoder) => new()
    {
        Status = decoder.ReadStatusCode(),
        Diagnostics = decoder.ReadDiagnosticInfo(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteStatusCode(Status);
        encoder.WriteDiagnosticInfo(Diagnostics);
    }
}
