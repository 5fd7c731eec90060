namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>What a <see cref="ReplayServer"/> sends.</summary>
/// <param name="Port">Where it listens, on loopback.</param>
/// <param name="Tags">Tags that can be monitored.</param>
/// <param name="ValuesPerMessage">Values in each notification message.</param>
/// <param name="IntervalMs">Time between two messages; 0 answers each Publish request at once.</param>
/// <param name="Certificates">Its certificate folder.</param>
internal sealed record ReplayLoad(int Port, int Tags, int ValuesPerMessage, int IntervalMs, string Certificates);
