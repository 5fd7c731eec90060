using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Bytes of the peer break the protocol. The only exception that decoders throw, whatever the bytes.</summary>
public sealed class ProtocolViolation : Exception
{
    /// <summary>A violation.</summary>
    /// <param name="offset">Where in the decoded bytes, counted from 0.</param>
    /// <param name="clause">The clause of the standard that is broken, such as <c>OPC 10000-6 §5.2.2.4</c>.</param>
    /// <param name="reason">What is wrong, with the values found and allowed.</param>
    /// <param name="status">What to answer the peer: BadDecodingError or BadEncodingLimitsExceeded, or a transport error.</param>
    public ProtocolViolation(int offset, string clause, string reason, StatusCode status)
        : base(string.Create(CultureInfo.InvariantCulture, $"{reason} At byte {offset} ({clause}, {status})."))
    {
        Offset = offset;
        Clause = clause;
        Status = status;
    }

    /// <summary>Where in the decoded bytes, counted from 0.</summary>
    public int Offset { get; }

    /// <summary>The clause of the standard that is broken.</summary>
    public string Clause { get; }

    /// <summary>What to answer the peer.</summary>
    public StatusCode Status { get; }
}
