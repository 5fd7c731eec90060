namespace EdgeAlarm.Terminal;

/// <summary>An event in the historian's store.</summary>
/// <param name="Seq">Its seq.</param>
/// <param name="Time">When it happened in the plant, local time.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">Alarm, tag or source.</param>
/// <param name="Text">Message or reason.</param>
/// <param name="Latency">From the plant's change to the historian's commit.</param>
internal sealed record EventRow(long Seq, DateTime Time, string Kind, string Subject, string Text, TimeSpan Latency);
