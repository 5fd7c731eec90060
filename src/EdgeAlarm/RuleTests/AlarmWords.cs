using System.Collections.Frozen;
using EdgeAlarm.Engine;

namespace EdgeAlarm.RuleTests;

/// <summary>Transitions and states of alarms in the words of scenarios.</summary>
internal static class AlarmWords
{
    /// <summary>The transitions that can be expected.</summary>
    public static FrozenDictionary<string, EventKind> Transitions { get; } = new Dictionary<string, EventKind>(StringComparer.Ordinal)
    {
        ["raised"] = EventKind.Activated,
        ["worsened"] = EventKind.Worsened,
        ["eased"] = EventKind.Eased,
        ["returned"] = EventKind.Returned,
        ["acknowledged"] = EventKind.Acknowledged,
        ["reset"] = EventKind.Reset,
        ["re-alarmed"] = EventKind.ReAlarmed,
        ["shelved"] = EventKind.Shelved,
        ["unshelved"] = EventKind.Unshelved,
        ["suppressed"] = EventKind.Suppressed,
        ["unsuppressed"] = EventKind.Unsuppressed,
        ["out-of-service"] = EventKind.RemovedFromService,
        ["in-service"] = EventKind.ReturnedToService,
        ["chattering"] = EventKind.ChatteringBegan,
        ["withdrawn"] = EventKind.Withdrawn,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The states that can be expected.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["normal", "active", "unacknowledged", "acknowledged", "latched", "armed", "shelved", "suppressed", "out-of-service", "HiHi", "Hi", "Lo", "LoLo"];

    private static readonly FrozenDictionary<EventKind, string> Words = Transitions.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>A kind of event in these words; other kinds by their name.</summary>
    public static string Of(EventKind kind) => Words.GetValueOrDefault(kind) ?? kind switch
    {
        EventKind.ArmedLost => "not armed",
        EventKind.ArmedRestored => "armed",
        EventKind.Gap => "gap",
        _ => kind.ToString(),
    };

    /// <summary>Whether an alarm is in a state of <see cref="States"/>.</summary>
    public static bool Holds(string state, in AlarmState alarm, in ArmedState armed) => state switch
    {
        "normal" => alarm.Lifecycle is LifecycleState.Normal,
        "active" => alarm.Condition,
        "unacknowledged" => alarm.Lifecycle is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged or LifecycleState.LatchedUnacknowledged,
        "acknowledged" => alarm.Lifecycle is LifecycleState.Acknowledged or LifecycleState.LatchedAcknowledged,
        "latched" => alarm.Lifecycle is LifecycleState.LatchedUnacknowledged or LifecycleState.LatchedAcknowledged,
        "armed" => armed.IsArmed,
        "shelved" => alarm.Shelf is not null,
        "suppressed" => alarm.Suppression.HasFlag(SuppressionStates.SuppressedByDesign),
        "out-of-service" => alarm.OutOfService is not null,
        "HiHi" => alarm.Level == AlarmLevel.HiHi,
        "Hi" => alarm.Level == AlarmLevel.Hi,
        "Lo" => alarm.Level == AlarmLevel.Lo,
        "LoLo" => alarm.Level == AlarmLevel.LoLo,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no state of an alarm"),
    };
}
