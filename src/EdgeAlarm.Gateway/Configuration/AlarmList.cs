using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>What alarms.csv says: the alarms, and the groups that its rows make together.</summary>
/// <param name="Alarms">The rows.</param>
/// <param name="SuppressionGroups">What suppresses them by design.</param>
/// <param name="FirstOutGroups">Names of the first-out groups.</param>
internal sealed record AlarmList(
    IReadOnlyList<AlarmDefinition> Alarms, IReadOnlyList<SuppressionGroupDefinition> SuppressionGroups, IReadOnlyList<string> FirstOutGroups);
