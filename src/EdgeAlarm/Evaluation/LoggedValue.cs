namespace EdgeAlarm.Evaluation;

/// <summary>One line of a plant's value log: what the plant set, and when.</summary>
/// <param name="Time">SourceTime, UTC.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Value">The value; booleans are 0 and 1.</param>
/// <param name="IsBad">Whether it was set with a Bad status.</param>
internal readonly record struct LoggedValue(DateTime Time, string Tag, double Value, bool IsBad);
