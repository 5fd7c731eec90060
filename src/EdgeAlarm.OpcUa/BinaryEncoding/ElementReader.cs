namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Reads one element of an array.</summary>
/// <exception cref="ProtocolViolation">The bytes are no such element.</exception>
public delegate T ElementReader<out T>(ref BinaryDecoder decoder);
