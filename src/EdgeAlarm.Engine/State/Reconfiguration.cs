namespace EdgeAlarm.Engine;

/// <summary>Carries state from one configuration to another by name, so that an edited list loses no acknowledgement and no occurrence.</summary>
internal static class Reconfiguration
{
    public static EngineState Carry(EngineState from, EngineState to)
    {
        to.Now = from.Now;
        to.Epoch = from.Epoch;
        to.NextSeq = from.NextSeq;
        var sources = ByName(from.Configuration.Sources, source => source.Name);
        for (var i = 0; i < to.Sources.Length; i++)
        {
            if (sources.TryGetValue(to.Configuration.Sources[i].Name, out var before))
            {
                to.Sources[i] = from.Sources[before];
            }
        }

        var tags = ByName(from.Configuration.Tags, tag => tag.Name);
        for (var i = 0; i < to.Tags.Length; i++)
        {
            if (tags.TryGetValue(to.Configuration.Tags[i].Name, out var before))
            {
                to.Tags[i] = from.Tags[before];
                to.Tags[i].Last = to.Tags[i].Last with { Tag = i };
            }
        }

        var alarms = ByName(from.Configuration.Alarms, alarm => alarm.Id);
        for (var i = 0; i < to.Alarms.Length; i++)
        {
            if (alarms.TryGetValue(to.Configuration.Alarms[i].Id, out var before))
            {
                Carry(from, before, to, i);
            }

            to.Schedule(i);
        }

        return to;
    }

    private static void Carry(EngineState from, int before, EngineState to, int alarm)
    {
        to.Alarms[alarm] = from.Alarms[before];
        var old = from.Configuration.Alarms[before];
        var now = to.Configuration.Alarms[alarm];
        if (ConditionOf(old) != ConditionOf(now) || !ReadsTheSame(from, before, to, alarm))
        {
            to.Alarms[alarm].EndDelay();
        }
    }

    private static bool ReadsTheSame(EngineState from, int before, EngineState to, int alarm)
    {
        var old = from.ConeOf(before).ToArray().Select(tag => from.Configuration.Tags[tag].Name);
        return old.SequenceEqual(to.ConeOf(alarm).ToArray().Select(tag => to.Configuration.Tags[tag].Name), StringComparer.Ordinal);
    }

    // What the condition says and when, without the rest of the row and without the indexes of its tags.
    private static AlarmDefinition ConditionOf(AlarmDefinition alarm) => alarm with
    {
        Id = string.Empty,
        Tag = 0,
        SetpointTag = alarm.SetpointTag is null ? null : 0,
        Expression = alarm.Expression is { } expression ? new(expression.Steps.Items, [.. expression.Tags.Items.Select(tag => alarm.Cone.IndexOf(tag))]) : null,
        Area = string.Empty,
        Message = string.Empty,
        BadQuality = BadQualityPolicy.Hold,
        Priority = AlarmPriority.Journal,
        Class = string.Empty,
        AckRequired = false,
    };

    private static Dictionary<string, int> ByName<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            indexes.Add(name(items[i]), i);
        }

        return indexes;
    }
}
