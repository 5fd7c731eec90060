using EdgeAlarm.Engine;

namespace EdgeAlarm.RuleTests;

/// <summary><c>LT101_HI raised within 5s</c>, or <c>LT101_HI not raised for 30s</c>.</summary>
/// <param name="Alarm">Id of the alarm.</param>
/// <param name="Kind">The event.</param>
/// <param name="Within">From the expectation on.</param>
/// <param name="IsNever">Whether it must not come.</param>
internal sealed record TransitionExpectation(string Alarm, EventKind Kind, TimeSpan Within, bool IsNever) : Expectation
{
    /// <inheritdoc />
    public override TimeSpan DecidedAt(TimeSpan at) => at + Within;
}
