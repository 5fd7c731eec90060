namespace EdgeAlarm.OpcUa.Client;

/// <summary>A response with the moment at which it came.</summary>
/// <typeparam name="TResponse">The response.</typeparam>
/// <param name="Message">The response; its service result is not bad.</param>
/// <param name="Timestamp">Reading of the TimeProvider right after the socket read that completed it.</param>
public readonly record struct UaAnswer<TResponse>(TResponse Message, long Timestamp);
