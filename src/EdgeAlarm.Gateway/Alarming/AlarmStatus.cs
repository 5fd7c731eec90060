using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>An alarm at one moment.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="State">Lifecycle, condition, occurrence.</param>
/// <param name="Armed">Whether it can be made, with the reason when it cannot.</param>
public sealed record AlarmStatus(AlarmDefinition Definition, AlarmState State, ArmedState Armed)
{
    /// <summary>Its id, with the level that it shows where it has levels: <c>TT101_TEMP HiHi</c>.</summary>
    public string Name => State.Level == AlarmLevel.None ? Definition.Id : $"{Definition.Id} {State.Level}";

    /// <summary>Its priority: that of the level that it shows.</summary>
    public AlarmPriority Priority => Definition.LevelAt(State.Level)?.Priority ?? Definition.Priority;

    /// <summary>The operator's text: that of the level that it shows.</summary>
    public string Message => Definition.LevelAt(State.Level)?.Message ?? Definition.Message;
}
