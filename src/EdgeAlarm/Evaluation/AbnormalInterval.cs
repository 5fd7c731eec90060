namespace EdgeAlarm.Evaluation;

/// <summary>A stretch of the plant's own record in which an alarm had to come, whatever the sampling did.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Start">First abnormal value.</param>
/// <param name="Due">By when the alarm must be active: begin, on-delay and slack.</param>
/// <param name="End">First value that is not abnormal or not good any more.</param>
internal sealed record AbnormalInterval(string Alarm, string Tag, DateTime Start, DateTime Due, DateTime End);
