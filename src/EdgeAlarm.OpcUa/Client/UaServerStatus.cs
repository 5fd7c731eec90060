using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>What the server says of itself (OPC 10000-5 §12.10), with the moments around the question.</summary>
/// <param name="StartTimeTicks">When the server started, 100 ns ticks of UTC; another than before means that everything in it is new. 0 if it does not tell.</param>
/// <param name="CurrentTimeTicks">The server's clock; 0 if it does not tell.</param>
/// <param name="State">Its state.</param>
/// <param name="ServiceLevel">How well it can do its work, 0 to 255; 255 where it does not tell (OPC 10000-4 §6.6.2.4.2: 0 maintenance, 1 no data, below 200 degraded).</param>
/// <param name="SentAt">Reading of the TimeProvider before the question.</param>
/// <param name="ReceivedAt">Reading of the TimeProvider right after the answer's socket read.</param>
public readonly record struct UaServerStatus(long StartTimeTicks, long CurrentTimeTicks, ServerState State, byte ServiceLevel, long SentAt, long ReceivedAt);
