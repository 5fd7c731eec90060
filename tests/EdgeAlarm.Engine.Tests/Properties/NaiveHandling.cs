namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// What is done with alarms, written apart from the engine's table: an alarm is a few facts (its condition stands, somebody still has to acknowledge, it is latched, what
/// hides it), its state is read off them, and timers are looked for by going through everything.
/// </summary>
internal sealed class NaiveHandling(Func<long> now, Func<(Guid Epoch, long Seq)> next, Action<string, string, long, string, (Guid, long), EventFlags, SuppressionStates> tell)
{
    private const long Second = TimeSpan.TicksPerSecond;
    private readonly List<(long Time, bool Counted)> _annunciated = [];
    private bool _isFlood;

    public List<Handled> Alarms { get; private set; } = [];

    public List<Group> Groups { get; private set; } = [];

    public Dictionary<string, (string Alarm, long Time)> FirstOuts { get; private set; } = [];

    public long WallClockMinusPlantTime
    {
        get;
        set
        {
            // what came nearer stays near
            foreach (var alarm in Alarms)
            {
                alarm.Shelf = alarm.Shelf is { } shelf ? shelf with { Until = new(End(shelf)) } : null;
                alarm.Service = alarm.Service is { } service ? service with { Until = new(End(service)) } : null;
            }

            field = value;
        }
    }

    private long Now => now();

    public void Configure(AlarmConfiguration configuration)
    {
        var before = Alarms.ToDictionary(alarm => alarm.Id, StringComparer.Ordinal);
        var groups = Groups;
        Alarms = [.. configuration.Alarms.Select(definition => before.TryGetValue(definition.Id, out var same) && HasLevels(same.Definition) == HasLevels(definition) ? same : new Handled())];
        Groups = [.. configuration.SuppressionGroups.Select(definition => new Group { Definition = definition, Key = KeyOf(definition.Trigger, configuration) })];
        foreach (var group in Groups)
        {
            if (groups.Find(old => old.Key == group.Key && old.Definition.Name == group.Definition.Name) is { } same)
            {
                (group.TrueFrom, group.On, group.EndsAt, group.Expired) = (same.TrueFrom, same.On, same.EndsAt, same.Expired);
                if (same.EndsAt is { } ends)
                {
                    group.EndsAt = Math.Min(ends, same.On!.Value + same.Definition.Max.Ticks) + (group.Definition.Exit - same.Definition.Exit).Ticks;
                }
            }
        }

        foreach (var (alarm, index) in Alarms.Select((alarm, index) => (alarm, index)))
        {
            alarm.Definition = configuration.Alarms[index];
            alarm.Group = alarm.Rules.SuppressionGroup < 0 ? null : Groups[alarm.Rules.SuppressionGroup];
            alarm.FirstOutGroup = alarm.Rules.FirstOutGroup < 0 ? null : configuration.FirstOutGroups[alarm.Rules.FirstOutGroup];
        }

        // the first of a group is it as long as it is in that group and any of the group stands
        FirstOuts = FirstOuts
            .Where(pair => Alarms.Exists(alarm => alarm.Id == pair.Value.Alarm && alarm.Occurrence != 0 && alarm.FirstOutGroup == pair.Key) && Alarms.Exists(alarm => alarm.FirstOutGroup == pair.Key && alarm.StateName != "Normal"))
            .ToDictionary();
    }

    public void ConditionChanged(Handled alarm, bool on, long time, EventFlags flags)
    {
        var wasUnseen = alarm.Unseen;
        alarm.On = on;
        if (on)
        {
            flags |= Activate(alarm, time) | Trip(alarm, time);
            Tell("Activated", alarm, time, flags, Hidden(alarm, time));
            if (Hidden(alarm, time) == SuppressionStates.None)
            {
                Annunciated(alarm);
            }

            if (alarm.Chatter == 3)
            {
                Tell("ChatteringBegan", alarm);
            }

            TellHidden(alarm, time);

            return;
        }

        alarm.Latched = alarm.Rules.Latch != LatchMode.None;
        alarm.ResetAt = alarm.Rules.Latch == LatchMode.Timed ? Now + alarm.Rules.LatchFor.Ticks : long.MaxValue;
        flags |= alarm.Chatter > 0 ? EventFlags.Chattering : EventFlags.None;
        flags |= time - alarm.Activations[^1] <= alarm.Definition.Handling.FleetingWithin.Ticks && (wasUnseen || !alarm.Definition.AckRequired) ? EventFlags.Fleeting : EventFlags.None;
        Tell("Returned", alarm, time, flags, alarm.Hidden);
        Calm(alarm);
        if (alarm.Shelf is { IsOneShot: true })
        {
            EndShelf(alarm);
        }
    }

    public void LevelChanged(Handled alarm, bool isWorse, long time, EventFlags flags)
    {
        if (!isWorse)
        {
            Tell("Eased", alarm, time, flags | (alarm.Chatter > 0 ? EventFlags.Chattering : EventFlags.None), alarm.Hidden);
            return;
        }

        flags |= Activate(alarm, time);
        Tell("Worsened", alarm, time, flags, Hidden(alarm, time));
        if (Hidden(alarm, time) == SuppressionStates.None)
        {
            Annunciated(alarm);
        }

        if (alarm.Chatter == 3)
        {
            Tell("ChatteringBegan", alarm);
        }

        TellHidden(alarm, time);
    }

    public CommandOutcome Command(OperatorCommand command)
    {
        // -1 stands for "the occurrence that the screen shows", which is the one before anything that is due now
        var alarm = Alarms.Find(alarm => alarm.Id == command.Alarm);
        var shown = alarm is null ? default : (alarm.Epoch, alarm.Occurrence);
        PassAlarms();
        if (alarm is null)
        {
            return CommandOutcome.UnknownAlarm;
        }

        return command switch
        {
            AcknowledgeCommand { Occurrence: var named } acknowledge => Acknowledge(alarm, acknowledge, named.Seq == -1 ? shown : (named.Epoch, named.Seq)),
            ResetCommand => Reset(alarm),
            ShelveCommand shelve => Shelve(alarm, shelve),
            UnshelveCommand => alarm.Shelf is null ? CommandOutcome.NotShelved : EndShelf(alarm),
            RemoveFromServiceCommand remove => Remove(alarm, remove),
            ReturnToServiceCommand back => alarm.Service is null ? CommandOutcome.NotOutOfService : back.Comment == "" ? CommandOutcome.NoteRequired : EndService(alarm),
            _ => throw new ArgumentException(command.ToString(), nameof(command)),
        };
    }

    public void PassAlarms()
    {
        while (Alarms.Where(alarm => Due(alarm) <= Now).MinBy(Due) is { } alarm)
        {
            if (End(alarm.Shelf) <= Now)
            {
                EndShelf(alarm);
            }
            else if (End(alarm.Service) <= Now)
            {
                EndService(alarm);
            }
            else if (alarm.StateName == "LatchedAcknowledged" && alarm.ResetAt <= Now)
            {
                alarm.Latched = false;
                Tell("Reset", alarm);
                Calm(alarm);
            }
            else if (alarm.QuietAt <= Now)
            {
                (alarm.Chatter, alarm.QuietAt) = (0, long.MaxValue);
                Tell("ChatteringEnded", alarm);
            }
            else
            {
                alarm.Unseen |= alarm.Definition.AckRequired;
                alarm.AgainAt = Now + alarm.Rules.ReAlarm.Ticks;
                Tell("ReAlarmed", alarm);
                Annunciated(alarm);
            }
        }
    }

    public void PassOthers()
    {
        foreach (var group in Groups)
        {
            group.Pass(Now, () => Follow(group));
        }

        if (_isFlood && _annunciated[^5].Time + (600 * Second) <= Now)
        {
            _isFlood = false;
            tell("FloodEnded", "-", Now, "", default, EventFlags.None, SuppressionStates.None);
        }
    }

    public void Look(Group group, bool? holds, bool isAway, long time)
    {
        if (holds is null && isAway)
        {
            // what hides goes on hiding, for as long as it may
            group.TrueFrom = null;
            group.Pass(time, () => Follow(group));
            return;
        }

        if (holds is null)
        {
            var hid = group.On is not null;
            (group.TrueFrom, group.On, group.EndsAt) = (null, null, null);
            if (hid)
            {
                Follow(group);
            }

            return;
        }

        group.Pass(time, () => Follow(group));
        group.Take(holds.Value, time);
        group.Pass(time, () => Follow(group));
    }

    public void ForgetAbsence()
    {
        foreach (var alarm in Alarms)
        {
            if (alarm.Shelf is not null)
            {
                EndShelf(alarm);
            }

            if (alarm.Service is not null)
            {
                EndService(alarm);
            }
        }
    }

    public void Withdraw(AlarmConfiguration configuration)
    {
        foreach (var alarm in Alarms.Where(alarm => configuration.Alarms.All(kept => kept.Id != alarm.Id || HasLevels(kept) != HasLevels(alarm.Definition)) && (alarm.Hidden != SuppressionStates.None || alarm.StateName != "Normal")).ToList())
        {
            (alarm.On, alarm.Unseen, alarm.Latched, alarm.Shelf, alarm.Service, alarm.ByDesign) = (false, false, false, null, null, false);
            Tell("Withdrawn", alarm);
            Calm(alarm);
        }
    }

    public void HoldToSettings(Action<Group> look, Action<int> show)
    {
        Groups.ForEach(look);
        foreach (var (alarm, index) in Alarms.Select((alarm, index) => (alarm, index)))
        {
            show(index);
            alarm.Shelf = Cut(alarm.Shelf, alarm.Rules.IsHighlyManaged ? TimeSpan.Zero : alarm.Rules.ShelveMax);
            alarm.Service = Cut(alarm.Service, alarm.Rules.OutOfServiceMax);
            alarm.AgainAt = alarm.On && alarm.Rules.ReAlarm > TimeSpan.Zero ? Math.Min(alarm.AgainAt, Now + alarm.Rules.ReAlarm.Ticks) : long.MaxValue;
            alarm.ResetAt = alarm.Latched && !alarm.On && alarm.Rules.Latch == LatchMode.Timed ? Math.Min(alarm.ResetAt, Now + alarm.Rules.LatchFor.Ticks) : long.MaxValue;
            if (alarm.Shelf is { } shelf && shelf.Until.Ticks <= Now)
            {
                EndShelf(alarm);
            }

            if (alarm.Service is { } service && service.Until.Ticks <= Now)
            {
                EndService(alarm);
            }

            Hide(alarm, alarm.Group?.On is not null);
        }
    }

    public void Tell(string kind, Handled alarm) => Tell(kind, alarm, Now, EventFlags.None, alarm.Hidden);

    private static bool HasLevels(AlarmDefinition alarm) => alarm.Type == ConditionType.Limits;

    private static string KeyOf(SuppressionTrigger trigger, AlarmConfiguration configuration) => trigger switch
    {
        SuppressionTrigger.Holds holds =>
            $"{string.Join(' ', holds.Expression.Steps.Items)} over {string.Join(' ', holds.Expression.Tags.Items.Select(tag => configuration.Tags[tag].Name))}",
        SuppressionTrigger.AlarmActive active => configuration.Alarms[active.Alarm].Id,
        _ => throw new ArgumentException(trigger.ToString(), nameof(trigger)),
    };

    private static Inhibition? Cut(Inhibition? inhibition, TimeSpan max) =>
        inhibition is { } some && some.Until - some.Since > max ? some with { Until = some.Since + max } : inhibition;

    private EventFlags Activate(Handled alarm, long time)
    {
        alarm.Unseen |= alarm.Definition.AckRequired;
        alarm.Latched = false;
        (alarm.Epoch, alarm.Occurrence) = next();
        alarm.AgainAt = alarm.Rules.ReAlarm > TimeSpan.Zero ? Now + alarm.Rules.ReAlarm.Ticks : long.MaxValue;
        alarm.Activations.Add(time);
        var flags = EventFlags.None;
        var isDense = alarm.Activations.Count >= 3 && time - alarm.Activations[^3] <= alarm.Definition.Handling.ChatterWithin.Ticks;
        if (alarm.Chatter > 0 || isDense)
        {
            alarm.Chatter = Math.Max(alarm.Chatter + 1, 3);
            alarm.QuietAt = Now + (300 * Second);
            flags |= EventFlags.Chattering;
        }

        return flags;
    }

    private EventFlags Trip(Handled alarm, long time)
    {
        var flags = EventFlags.None;
        if (alarm.FirstOutGroup is { } group)
        {
            var earlier = FirstOuts.TryGetValue(group, out var first) ? first : (Alarm: "", Time: long.MaxValue);
            var isEarlierInList = Alarms.IndexOf(alarm) < Alarms.FindIndex(other => other.Id == earlier.Alarm);
            if (time < earlier.Time || (time == earlier.Time && isEarlierInList))
            {
                FirstOuts[group] = (alarm.Id, time);
                flags |= EventFlags.FirstOut;
            }
        }

        return flags;
    }

    // what began to hide the alarm after its condition was true does not hide that
    private static SuppressionStates Hidden(Handled alarm, long time) =>
        (alarm.Shelf is { } shelf && shelf.Since.Ticks <= time ? SuppressionStates.Shelved : SuppressionStates.None)
        | (alarm.ByDesign && alarm.Group!.On <= time ? SuppressionStates.SuppressedByDesign : SuppressionStates.None)
        | (alarm.Service is { } service && service.Since.Ticks <= time ? SuppressionStates.OutOfService : SuppressionStates.None);

    // annunciated, and hidden from here on by what began later
    private void TellHidden(Handled alarm, long time)
    {
        if (Hidden(alarm, time) == SuppressionStates.None && alarm.Hidden != SuppressionStates.None)
        {
            Tell(alarm.ByDesign ? "Suppressed" : alarm.Shelf is not null ? "Shelved" : "RemovedFromService", alarm);
        }
    }

    private void Annunciated(Handled alarm)
    {
        var level = alarm.Definition.Levels.Span.ToArray().FirstOrDefault(level => level.Level.ToString() == alarm.Level);
        if ((level?.Priority ?? alarm.Definition.Priority) == AlarmPriority.Journal)
        {
            return;
        }

        _annunciated.Add((Now, true));
        if (!_isFlood && _annunciated.TakeLast(10).Count(entry => Now - entry.Time < 600 * Second) == 10)
        {
            _isFlood = true;
            tell("FloodBegan", "-", Now, "", default, EventFlags.None, SuppressionStates.None);
        }
    }

    // nothing of its first-out group stands any more: the group begins anew
    private void Calm(Handled alarm)
    {
        if (alarm.StateName == "Normal" && alarm.FirstOutGroup is { } group && Alarms.TrueForAll(other => other.FirstOutGroup != group || other.StateName == "Normal"))
        {
            FirstOuts.Remove(group);
        }
    }

    private CommandOutcome Acknowledge(Handled alarm, AcknowledgeCommand command, (Guid Epoch, long Seq) seen)
    {
        var isPresent = alarm.Occurrence != 0 && seen == (alarm.Epoch, alarm.Occurrence);
        if (!isPresent)
        {
            return alarm.StateName != "Normal" ? CommandOutcome.StaleOccurrence : CommandOutcome.NothingToAcknowledge;
        }

        if (!alarm.Unseen)
        {
            return CommandOutcome.AlreadyAcknowledged;
        }

        if (alarm.Hidden != SuppressionStates.None)
        {
            return CommandOutcome.NotAnnunciated;
        }

        if (command.Comment == "" && (alarm.Rules.IsNoteRequired || alarm.Rules.IsHighlyManaged))
        {
            return CommandOutcome.NoteRequired;
        }

        alarm.Unseen = false;
        alarm.AgainAt = alarm.On && alarm.Rules.ReAlarm > TimeSpan.Zero ? Now + alarm.Rules.ReAlarm.Ticks : long.MaxValue;
        Calm(alarm);
        Tell("Acknowledged", alarm);
        return CommandOutcome.Accepted;
    }

    private CommandOutcome Reset(Handled alarm)
    {
        if (alarm.On)
        {
            return CommandOutcome.StillActive;
        }

        if (!alarm.Latched)
        {
            return CommandOutcome.NotLatched;
        }

        if (alarm.Unseen)
        {
            return CommandOutcome.NotAcknowledged;
        }

        if (alarm.Hidden != SuppressionStates.None)
        {
            return CommandOutcome.NotAnnunciated;
        }

        alarm.Latched = false;
        Tell("Reset", alarm);
        Calm(alarm);
        return CommandOutcome.Accepted;
    }

    private CommandOutcome Shelve(Handled alarm, ShelveCommand command)
    {
        if (alarm.Rules.IsHighlyManaged || alarm.Rules.ShelveMax == TimeSpan.Zero)
        {
            return CommandOutcome.NotAllowed;
        }

        if (command.IsOneShot && !alarm.On)
        {
            return CommandOutcome.NotActive;
        }

        var since = alarm.Shelf?.Since.Ticks ?? Now;
        var until = command.For == TimeSpan.Zero ? since + alarm.Rules.ShelveMax.Ticks : Now + command.For.Ticks;
        if (command.Reason == "")
        {
            return CommandOutcome.NoteRequired;
        }

        if (until <= Now || until - since > alarm.Rules.ShelveMax.Ticks)
        {
            return CommandOutcome.BeyondLimit;
        }

        alarm.Shelf = new(new(since), new(until), new(until + WallClockMinusPlantTime), command.IsOneShot, command.By, command.Reason);
        Tell("Shelved", alarm);
        return CommandOutcome.Accepted;
    }

    private CommandOutcome Remove(Handled alarm, RemoveFromServiceCommand command)
    {
        if (alarm.Rules.OutOfServiceMax == TimeSpan.Zero)
        {
            return CommandOutcome.NotAllowed;
        }

        if (alarm.Rules.IsHighlyManaged && command.ApprovedBy is "" or "operator1")
        {
            return CommandOutcome.SecondPersonRequired;
        }

        if (command.Reason == "")
        {
            return CommandOutcome.NoteRequired;
        }

        var since = alarm.Service?.Since.Ticks ?? Now;
        var until = Now + command.For.Ticks;
        if (until <= Now || until - since > alarm.Rules.OutOfServiceMax.Ticks)
        {
            return CommandOutcome.BeyondLimit;
        }

        alarm.Service = new(new(since), new(until), new(until + WallClockMinusPlantTime), false, command.By, command.Reason);
        Tell("RemovedFromService", alarm);
        return CommandOutcome.Accepted;
    }

    private CommandOutcome EndShelf(Handled alarm)
    {
        alarm.Shelf = null;
        Tell("Unshelved", alarm);
        return Reveal(alarm);
    }

    private CommandOutcome EndService(Handled alarm)
    {
        alarm.Service = null;
        Tell("ReturnedToService", alarm);
        return Reveal(alarm);
    }

    private void Follow(Group group)
    {
        foreach (var alarm in Alarms.Where(alarm => alarm.Group == group))
        {
            Hide(alarm, group.On is not null);
        }
    }

    private void Hide(Handled alarm, bool isHidden)
    {
        if (alarm.ByDesign != isHidden)
        {
            alarm.ByDesign = isHidden;
            Tell(isHidden ? "Suppressed" : "Unsuppressed", alarm);
            if (!isHidden)
            {
                Reveal(alarm);
            }
        }
    }

    // what stands when nothing hides it any more is annunciated, and has to be confirmed anew
    private CommandOutcome Reveal(Handled alarm)
    {
        if (alarm.Hidden == SuppressionStates.None && alarm.On)
        {
            alarm.Unseen |= alarm.Definition.AckRequired;
            (alarm.Epoch, alarm.Occurrence) = next();
            alarm.AgainAt = alarm.Rules.ReAlarm > TimeSpan.Zero ? Now + alarm.Rules.ReAlarm.Ticks : long.MaxValue;
            Tell("Activated", alarm);
            Annunciated(alarm);
        }

        return CommandOutcome.Accepted;
    }

    private long End(Inhibition? inhibition) =>
        inhibition is null ? long.MaxValue : Math.Min(inhibition.Until.Ticks, inhibition.UntilUtc.Ticks - WallClockMinusPlantTime);

    private long Due(Handled alarm) => new[]
    {
        End(alarm.Shelf),
        End(alarm.Service),
        alarm.QuietAt,
        alarm.StateName == "LatchedAcknowledged" ? alarm.ResetAt : long.MaxValue,
        alarm.On && alarm.Hidden == SuppressionStates.None ? alarm.AgainAt : long.MaxValue,
    }.Min();

    private void Tell(string kind, Handled alarm, long time, EventFlags flags, SuppressionStates hidden) =>
        tell(kind, alarm.Id, time, $"{alarm.StateName} {(alarm.StateName != "Normal" || kind is "Returned" or "Acknowledged" or "Reset" or "Withdrawn" ? alarm.Level : "None")}", (alarm.Epoch, alarm.Occurrence), flags, hidden);

    public sealed class Handled
    {
        public AlarmDefinition Definition { get; set; } = Plants.Alarm();

        public AlarmHandling Rules => Definition.Handling;

        public string Id => Definition.Id;

        public Group? Group { get; set; }

        public string? FirstOutGroup { get; set; }

        public bool On { get; set; }

        public string Level { get; set; } = "None";

        public bool Unseen { get; set; }

        public bool Latched { get; set; }

        public bool ByDesign { get; set; }

        public Inhibition? Shelf { get; set; }

        public Inhibition? Service { get; set; }

        public Guid Epoch { get; set; }

        public long Occurrence { get; set; }

        public List<long> Activations { get; } = [];

        public int Chatter { get; set; }

        public long QuietAt { get; set; } = long.MaxValue;

        public long AgainAt { get; set; } = long.MaxValue;

        public long ResetAt { get; set; } = long.MaxValue;

        public SuppressionStates Hidden =>
            (Shelf is null ? SuppressionStates.None : SuppressionStates.Shelved) | (ByDesign ? SuppressionStates.SuppressedByDesign : SuppressionStates.None) | (Service is null ? SuppressionStates.None : SuppressionStates.OutOfService);

        public string StateName => (On, Unseen, Latched) switch
        {
            (true, true, _) => "Unacknowledged",
            (true, false, _) => "Acknowledged",
            (false, true, true) => "LatchedUnacknowledged",
            (false, true, false) => "ReturnedUnacknowledged",
            (false, false, true) => "LatchedAcknowledged",
            (false, false, false) => "Normal",
        };
    }

    public sealed class Group
    {
        public required SuppressionGroupDefinition Definition { get; init; }

        public required string Key { get; init; }

        public long? TrueFrom { get; set; }

        public long? On { get; set; }

        public long? EndsAt { get; set; }

        public bool Expired { get; set; }

        public void Take(bool holds, long time)
        {
            if (holds)
            {
                EndsAt = null;
                TrueFrom ??= On is null && !Expired ? time : null;
                return;
            }

            (TrueFrom, Expired) = (null, false);
            if (On is not null)
            {
                EndsAt ??= time + Definition.Exit.Ticks;
            }
        }

        public void Pass(long time, Action follow)
        {
            if (TrueFrom + Definition.Entry.Ticks <= time)
            {
                (On, TrueFrom) = (TrueFrom + Definition.Entry.Ticks, null);
                follow();
            }

            if (On is not null && Math.Min(EndsAt ?? long.MaxValue, On.Value + Definition.Max.Ticks) <= time)
            {
                (Expired, On, EndsAt) = (EndsAt is null, null, null);
                follow();
            }
        }
    }
}
