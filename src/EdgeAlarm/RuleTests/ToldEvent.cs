using EdgeAlarm.Engine;

namespace EdgeAlarm.RuleTests;

/// <summary>An event of the engine with its time in the scenario and the name of what it is about.</summary>
/// <param name="At">Time of the scenario at which the engine told it.</param>
/// <param name="Name">The alarm, tag or source.</param>
/// <param name="Event">The event.</param>
internal sealed record ToldEvent(TimeSpan At, string Name, AlarmEvent Event)
{
    /// <summary>For people: <c>27.2s LT101_HI raised</c>.</summary>
    public override string ToString() => $"{ScenarioTime.Text(At)} {Name} {AlarmWords.Of(Event.Kind)}{(Event.Reason is { Length: > 0 } reason ? $": {reason}" : "")}";
}
