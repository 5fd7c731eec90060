namespace EdgeAlarm.RuleTests;

/// <summary><c>LT101_HI unacknowledged</c>, <c>LT101_HI armed</c>, <c>LT101_HI not armed because "bad quality"</c>: what the alarm is at this moment.</summary>
/// <param name="Alarm">Id of the alarm.</param>
/// <param name="State">One of <see cref="AlarmWords.States"/>.</param>
/// <param name="IsNot">Whether it must not be so.</param>
/// <param name="Because">Words that its reason has to hold; null for any.</param>
internal sealed record StateExpectation(string Alarm, string State, bool IsNot, string? Because) : Expectation;
