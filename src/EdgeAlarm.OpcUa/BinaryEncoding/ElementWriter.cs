namespace EdgeAlarm.OpcUa.BinaryEncoding;

/// <summary>Writes one element of an array.</summary>
public delegate void ElementWriter<in T>(BinaryEncoder encoder, T element);
