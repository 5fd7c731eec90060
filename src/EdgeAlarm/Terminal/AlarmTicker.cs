using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Terminal;

/// <summary>Alarms as they come, one line each, for whoever acknowledges at the terminal. Compares one look at the gateway with the one before. One caller at a time.</summary>
internal sealed class AlarmTicker
{
    private const int LinesMax = 20;
    private readonly Dictionary<string, (LifecycleState Lifecycle, OccurrenceId Occurrence, SuppressionStates Suppression, AlarmLevel Level)> _shown = new(StringComparer.Ordinal);

    /// <summary>What changed since the last look: time, priority, alarm, state, value. Where much changed at once, the rest is only counted.</summary>
    public IReadOnlyList<string> Changes(GatewayState state)
    {
        var changed = new List<AlarmStatus>();
        foreach (var alarm in state.Alarms)
        {
            var present = (alarm.State.Lifecycle, alarm.State.Occurrence, alarm.State.Suppression, alarm.State.Level);
            if (_shown.GetValueOrDefault(alarm.Definition.Id) != present)
            {
                _shown[alarm.Definition.Id] = present;
                changed.Add(alarm);
            }
        }
        var lines = changed.OrderBy(alarm => alarm.Priority).Take(LinesMax).Select(alarm => Line(alarm, state)).ToList();
        if (changed.Count > LinesMax)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {changed.Count - LinesMax} other alarms changed; 'edgealarm status' lists those that stand."));
        }
        return lines;
    }

    private static string Line(AlarmStatus alarm, GatewayState state)
    {
        var at = new DateTime((alarm.State.Lifecycle is LifecycleState.Unacknowledged ? alarm.State.Since : state.At).Ticks, DateTimeKind.Utc).ToLocalTime();
        var value = state.Tags[alarm.Definition.Tag].Last?.Value is { Kind: not TagValueKind.None } last ? last.AsNumber().ToString("G6", CultureInfo.InvariantCulture) : "no value";
        var hidden = alarm.State.Suppression == SuppressionStates.None ? string.Empty : $" ({alarm.State.Suppression})";
        return string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss}  {alarm.Priority,-8}  {alarm.Name}  {alarm.State.Lifecycle}{hidden}  {value}  {alarm.Message}");
    }
}
