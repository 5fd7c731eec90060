using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>An alarm at one moment.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="State">Lifecycle, condition, occurrence.</param>
/// <param name="Armed">Whether it can be made, with the reason when it cannot.</param>
public sealed record AlarmStatus(AlarmDefinition Definition, AlarmState State, ArmedState Armed);
