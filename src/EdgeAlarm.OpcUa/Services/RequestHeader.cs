using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>The header of every request (OPC 10000-4 §7.33).</summary>
public sealed record RequestHeader : IStructure<RequestHeader>
{
    /// <inheritdoc />
    public static int EncodedSizeMin => 29;

    /// <summary>The secret that names the session; null before CreateSession is answered. Never log it.</summary>
    public NodeId AuthenticationToken { get; init; }

    /// <summary>The client's clock when it sent the request: 100 ns ticks of UTC since year 1, 0 for none.</summary>
    public long TimestampTicks { get; init; }

    /// <summary>A number for logs; responses are matched by the RequestId of the chunk.</summary>
    public uint RequestHandle { get; init; }

    /// <summary>A mask of the diagnostics wanted; 0 for none.</summary>
    public uint ReturnDiagnostics { get; init; }

    /// <summary>A name for the server's audit log, or null.</summary>
    public string? AuditEntryId { get; init; }

    /// <summary>
    /// How long the client waits, in milliseconds; 0 for no hint. A short hint makes servers fault late Publish requests.
    /// </summary>
    public uint TimeoutHintMs { get; init; }

    /// <summary>Reserved; null.</summary>
    public ExtensionObject AdditionalHeader { get; init; }

    /// <inheritdoc />
    public static RequestHeader Decode(ref BinaryDecoder decoder) => new()
    {
        AuthenticationToken = decoder.ReadNodeId(),
        TimestampTicks = decoder.ReadDateTimeTicks(),
        RequestHandle = decoder.ReadUInt32(),
        ReturnDiagnostics = decoder.ReadUInt32(),
        AuditEntryId = decoder.ReadString(),
        TimeoutHintMs = decoder.ReadUInt32(),
        AdditionalHeader = decoder.ReadExtensionObject(),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        encoder.WriteNodeId(AuthenticationToken);
        encoder.WriteDateTimeTicks(TimestampTicks);
        encoder.WriteUInt32(RequestHandle);
        encoder.WriteUInt32(ReturnDiagnostics);
        encoder.WriteString(AuditEntryId);
        encoder.WriteUInt32(TimeoutHintMs);
        encoder.WriteExtensionObject(AdditionalHeader);
    }

    /// <summary>The handle alone: the token is a secret and must not reach a log by accident.</summary>
    public override string ToString() => FormattableString.Invariant($"request {RequestHandle}");
}
