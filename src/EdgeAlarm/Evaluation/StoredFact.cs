namespace EdgeAlarm.Evaluation;

/// <summary>A row of the historian's table as far as the evaluator looks at it.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Seq">The seq.</param>
/// <param name="Kind">The event's kind.</param>
/// <param name="Alarm">The alarm's id, if it has one.</param>
/// <param name="Occurrence">The occurrence, if it has one.</param>
/// <param name="Time">When it happened in the plant.</param>
/// <param name="Tag">The tag, if it has one.</param>
/// <param name="GapStart">Begin of a gap.</param>
/// <param name="GapEnd">End of a gap.</param>
internal sealed record StoredFact(
    Guid Epoch,
    long Seq,
    string Kind,
    string? Alarm,
    string? Occurrence,
    DateTime Time,
    string? Tag = null,
    DateTime? GapStart = null,
    DateTime? GapEnd = null);
