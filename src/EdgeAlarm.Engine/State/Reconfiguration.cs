namespace EdgeAlarm.Engine;

/// <summary>Carries state from one configuration to another by name, so that an edited list loses no acknowledgement and no occurrence.</summary>
internal static class Reconfiguration
{
    public static EngineState Carry(EngineState from, EngineState to)
    {
        to.Now = from.Now;
        to.Epoch = from.Epoch;
        to.NextSeq = from.NextSeq;
        to.WallClockMinusPlantTime = from.WallClockMinusPlantTime;
        to.Flood = from.Flood;
        to.Unrecorded = from.Unrecorded;
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
                CarrySilence(to, i, from.Configuration.Tags[before].StaleAfter);
                to.ScheduleTag(i);
            }
        }

        var alarms = ByName(from.Configuration.Alarms, alarm => alarm.Id);
        for (var i = 0; i < to.Handling.Length; i++)
        {
            if (alarms.TryGetValue(to.Configuration.Alarms[i].Id, out var before))
            {
                Carry(from, before, to, i);
            }
        }

        for (var i = 0; i < to.Alarms.Length; i++)
        {
            to.Schedule(i);
        }

        for (var i = 0; i < to.Handling.Length; i++)
        {
            to.ScheduleTimers(i);
        }

        CarrySuppressions(from, to);
        CarryFirstOuts(from, to, alarms);
        return to;
    }

    // one that is stale is so until its next sample, whatever it may be from now on
    private static void CarrySilence(EngineState to, int tag, TimeSpan before)
    {
        ref var cell = ref to.Tags[tag];
        var now = to.Configuration.Tags[tag].StaleAfter;
        (cell.Silence, cell.StaleDue) = (cell.Silence, now > TimeSpan.Zero) switch
        {
            (_, false) => (Silence.Unlimited, PlantTime.Never),
            (Silence.Unlimited, true) when cell.Freshness == Freshness.Fresh => (Silence.Counting, to.Now + now),
            (Silence.Unlimited, true) => (Silence.Waiting, PlantTime.Never),
            (Silence.Counting, true) => (Silence.Counting, cell.StaleDue + (now - before)),
            (var same, true) => (same, PlantTime.Never),
        };
    }

    private static void Carry(EngineState from, int before, EngineState to, int alarm)
    {
        if (from.HasLevels(before) != to.HasLevels(alarm))
        {
            // one alarm became several levels, or the other way round: it is another, and begins anew
            return;
        }

        to.Handling[alarm] = from.Handling[before];
        CarryCondition(from, before, to, alarm);
        var old = from.Configuration.Alarms[before].Levels.Span;
        var now = to.Configuration.Alarms[alarm].Levels.Span;
        for (var level = 0; level < now.Length; level++)
        {
            for (var same = 0; same < old.Length; same++)
            {
                if (old[same].Level == now[level].Level)
                {
                    CarryCondition(from, from.LevelsFrom(before) + same, to, to.LevelsFrom(alarm) + level);
                }
            }
        }
    }

    private static void CarryCondition(EngineState from, int before, EngineState to, int alarm)
    {
        to.Alarms[alarm] = from.Alarms[before];
        var old = from.Rules[before].Definition;
        var now = to.Rules[alarm].Definition;
        if (!ReadsTheSame(from, before, to, alarm))
        {
            to.Alarms[alarm].BeginAnew();
            return;
        }

        if (ConditionOf(old) != ConditionOf(now))
        {
            // an alarm that is coming must not come later because somebody edited the list
            to.Alarms[alarm].Redelay(to.Alarms[alarm].Condition ? now.OffDelay - old.OffDelay : now.OnDelay - old.OnDelay, from.Now);
        }

        if (ConditionOf(old) with { OnDelay = now.OnDelay, OffDelay = now.OffDelay } == ConditionOf(now))
        {
            from.MemoryOf(before).CopyTo(to.MemoryOf(alarm));
        }
        else
        {
            // what was remembered for another question answers none of this one
            to.Alarms[alarm].TurnsAt = PlantTime.Never;
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
        Handling = AlarmHandling.Default,
    };

    // one with another trigger under the same words is another: it begins anew
    private static void CarrySuppressions(EngineState from, EngineState to)
    {
        for (var group = 0; group < to.Suppressions.Length; group++)
        {
            var now = to.Configuration.SuppressionGroups[group];
            for (var before = 0; before < from.Suppressions.Length; before++)
            {
                var old = from.Configuration.SuppressionGroups[before];
                if (IsSame(from.Configuration, old, to.Configuration, now))
                {
                    to.Suppressions[group] = from.Suppressions[before];
                    to.Suppressions[group].Redelay(old, now);
                }
            }
        }
    }

    private static bool IsSame(AlarmConfiguration before, SuppressionGroupDefinition old, AlarmConfiguration after, SuppressionGroupDefinition now) =>
        old.Name == now.Name && (old.Trigger, now.Trigger) switch
        {
            (SuppressionTrigger.Holds left, SuppressionTrigger.Holds right) =>
                left.Expression.Steps == right.Expression.Steps
                && left.Expression.Tags.Items.Select(tag => before.Tags[tag].Name).SequenceEqual(right.Expression.Tags.Items.Select(tag => after.Tags[tag].Name), StringComparer.Ordinal),
            (SuppressionTrigger.AlarmActive left, SuppressionTrigger.AlarmActive right) => before.Alarms[left.Alarm].Id == after.Alarms[right.Alarm].Id,
            _ => false,
        };

    // the first of a group stays the first while it is in the group and any of the group stands; otherwise the group begins anew with its next alarm
    private static void CarryFirstOuts(EngineState from, EngineState to, Dictionary<string, int> alarmsBefore)
    {
        for (var alarm = 0; alarm < to.Handling.Length; alarm++)
        {
            var group = to.Configuration.Alarms[alarm].Handling.FirstOutGroup;
            if (group < 0 || to.Handling[alarm].Occurrence == OccurrenceId.None || !alarmsBefore.TryGetValue(to.Configuration.Alarms[alarm].Id, out var before))
            {
                continue;
            }

            var groupBefore = from.Configuration.Alarms[before].Handling.FirstOutGroup;
            if (groupBefore >= 0
                && from.FirstOuts[groupBefore].First == before
                && from.Configuration.FirstOutGroups[groupBefore] == to.Configuration.FirstOutGroups[group]
                && to.AnyStands(group))
            {
                to.FirstOuts[group] = from.FirstOuts[groupBefore] with { First = alarm };
            }
        }
    }

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
