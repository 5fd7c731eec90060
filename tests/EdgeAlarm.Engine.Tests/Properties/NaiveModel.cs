namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// The alarm engine written apart, slowly and plainly, from the rules and not from the code: each alarm counts how long its value has been contrary to its condition,
/// and everything is looked up by going through everything. It tells one line for each event.
/// </summary>
internal sealed class NaiveModel
{
    private readonly NaiveHandling _handling;
    private AlarmConfiguration _configuration;
    private List<Alarm> _alarms;
    private List<Tag> _tags;
    private List<Source> _sources;
    private Guid _epoch;
    private long _seq;
    private long _now;
    private bool _unrecorded;

    public NaiveModel(AlarmConfiguration configuration)
    {
        _configuration = configuration;
        _handling = new(() => _now, () => (_epoch, _seq + 1), Tell);
        _handling.Configure(configuration);
        _alarms = [.. configuration.Alarms.Select((definition, index) => new Alarm(definition, index, _handling.Alarms[index]))];
        _alarms.AddRange(LevelsOf(_alarms));
        _tags = [.. configuration.Tags.Select(tag => new Tag { Source = tag.Source, StaleAfter = tag.StaleAfter })];
        _sources = [.. configuration.Sources.Select(_ => new Source())];
    }

    public List<string> Lines { get; } = [];

    public static string Line(
        long seq, string kind, string who, long at, long time, string state, Guid epoch, long occurrence, EventFlags flags, SuppressionStates hidden) =>
        $"{seq} {kind} {who} at {at} time {time} {state} {(occurrence == 0 ? Guid.Empty : epoch)}:{occurrence} {flags} hidden {hidden}";

    /// <summary>Whether an alarm could be made of what comes next: everything that it reads is there and good, its condition has an answer, nothing hides it, and it would be recorded.</summary>
    public bool CouldFire(int alarm)
    {
        var judged = _alarms[alarm];
        var isAboutQuality = judged.Definition.Type == ConditionType.BadQuality;
        return !_unrecorded && !judged.Undefined && judged.Handled.Hidden == SuppressionStates.None && judged.Reads.TrueForAll(read =>
            _tags[read] is { Faulted: false, Stale: false, Answer: { } answer, Sampled: not "no" } tag && answer >> 30 == 0 && _sources[tag.Source].Up
            && (isAboutQuality || (tag.Usable && tag.Quality >> 16 == 0)));
    }

    public CommandOutcome? Step(object step)
    {
        switch (step)
        {
            case Sample sample:
                _now = Math.Max(_now, sample.PlantTime.Ticks);
                Take(sample);
                return null;
            case Input input:
                _now = Math.Max(_now, input.At.Ticks);
                return Take(input);
            case Restarted:
                return null;
            case Reloaded reloaded:
                _now = Math.Max(_now, reloaded.At.Ticks);
                Take(reloaded.Configuration);
                return Take(new ConfigurationChanged(reloaded.At, "ab"));
            default:
                throw new ArgumentException(step.ToString(), nameof(step));
        }
    }

    private void Take(AlarmConfiguration configuration)
    {
        _handling.Withdraw(configuration);
        var before = _alarms.ToDictionary(alarm => alarm.Definition.Id);
        var namesBefore = _configuration.Tags.Select(tag => tag.Name).ToList();
        var sourcesBefore = _configuration.Sources.Select(source => source.Name).ToList();
        _handling.Configure(configuration);
        _sources = [.. configuration.Sources.Select(source => sourcesBefore.IndexOf(source.Name) is >= 0 and var index ? _sources[index] : new Source())];
        _tags = [.. configuration.Tags.Select(tag => namesBefore.IndexOf(tag.Name) is >= 0 and var index ? _tags[index].With(tag, _now) : new Tag { Source = tag.Source, StaleAfter = tag.StaleAfter })];
        var kept = new List<Alarm>();
        foreach (var definition in configuration.Alarms)
        {
            kept.Add(new(definition, kept.Count, _handling.Alarms[kept.Count]));
        }

        kept.AddRange(LevelsOf(kept));
        foreach (var alarm in kept)
        {
            if (before.TryGetValue(alarm.Definition.Id, out var old) && old.IsOfLevels == alarm.IsOfLevels)
            {
                alarm.GoOn(old, isSame: old.Reads.Select(read => namesBefore[read]).SequenceEqual(alarm.Reads.Select(read => configuration.Tags[read].Name)), _now);
            }
        }

        _alarms = kept;
        _configuration = configuration;
    }

    private void Take(Sample sample)
    {
        _handling.PassAlarms();
        TakeValue(sample);
        LookAtTag(sample.Tag);
    }

    private void TakeValue(Sample sample)
    {
        var tag = _tags[sample.Tag];
        var time = Math.Max(TimeOf(sample, _sources[tag.Source], out var byReception), tag.Time);
        var mine = _alarms.Where(alarm => !alarm.IsOfLevels && alarm.Reads.Contains(sample.Tag)).ToList();
        if (tag.Whole)
        {
            var running = mine.Where(alarm => !alarm.Held && IsKnown(alarm, Heard(alarm, tag.Source))).ToList();
            Elapse(running, time, _ => 0, tag.Source);
        }

        var broken = tag.Broken;
        var later = time > tag.Time;
        tag.Time = time;
        tag.Sampled = "yes";
        tag.Whole = true;
        tag.Value = sample.Value;
        tag.Quality = sample.Quality.Code;
        tag.Flags = (byReception ? EventFlags.ReceptionTime : EventFlags.None) | (tag.Quality >> 30 == 1 ? EventFlags.Uncertain : EventFlags.None);
        tag.Broken = tag.Usable ? "" : broken;
        tag.Spoke(sample.PlantTime.Ticks);
        TellTag(sample.Tag, soft: false);
        tag.Updated = tag.SourceTime == sample.SourceTime && !sample.SourceTime.IsMissing ? sample.PlantTime.Ticks : time;
        tag.SourceTime = sample.SourceTime;
        mine.ForEach(alarm => Judge(alarm, broken, sample.Tag, EventFlags.None, later));
    }

    private void Judge(Alarm alarm, string broken, int trigger, EventFlags why, bool later)
    {
        var tags = alarm.Reads.Select(read => _tags[read]).ToList();
        var time = tags.Max(tag => tag.Time);
        var flags = tags.Aggregate(why, (all, tag) => all | tag.Flags);
        var from = trigger < 0 ? -1 : _tags[trigger].Source;
        // a tick said that it is gone, from a moment after this sample: then it still stood when this came to be
        var overtaken = later && alarm.GoneByTick && time < alarm.Changed;
        var abnormal = Answer(alarm, time, trigger, broken, from, alarm.On || overtaken);
        var seen = Seen(alarm, from);
        tags = alarm.Reads.ConvertAll(read => seen[read]);
        alarm.Overlooked = abnormal is null && tags.Exists(tag => tag.Sampled == "no") && tags.TrueForAll(tag => tag.Sampled == "no" || tag.Usable);
        if (alarm.Overlooked)
        {
            return;
        }

        var undefined = abnormal is null && tags.TrueForAll(tag => tag.Usable);
        if (alarm.Undefined != undefined && (undefined || abnormal is not null))
        {
            alarm.Undefined = undefined;
            _handling.Tell(undefined ? "ArmedLost" : "ArmedRestored", alarm.Handled);
        }

        if (abnormal is null)
        {
            alarm.Window?.Stop(time);
        }

        var policy = alarm.Definition.BadQuality;
        if (overtaken && (abnormal ?? policy != BadQualityPolicy.Inhibit))
        {
            (alarm.On, alarm.GoneByTick, alarm.Contrary) = (true, false, false);
            if (abnormal is null && policy == BadQualityPolicy.Hold)
            {
                (alarm.Contrary, alarm.ContraryFrom, alarm.CountedTo, alarm.Flags) = (true, time, time, flags);
                alarm.Counted = alarm.Delay - (alarm.Changed - time);
            }

            var bad = abnormal is null && policy == BadQualityPolicy.Alarm ? EventFlags.BadQuality : EventFlags.None;
            Tell(alarm, flags | bad | EventFlags.Restored);
        }

        if (abnormal is null && policy == BadQualityPolicy.Hold)
        {
            // Time across a break counts; from here on it does not, until something is known again.
            if (!alarm.Held)
            {
                alarm.CountTo(Math.Max(time, alarm.ContraryFrom));
            }

            alarm.Held = true;
            return;
        }

        if (abnormal is null)
        {
            flags |= EventFlags.BadQuality;
        }

        if (alarm.Held)
        {
            (alarm.Held, alarm.CountedTo) = (false, Math.Max(alarm.CountedTo, time));
        }

        Settle(alarm, abnormal ?? policy == BadQualityPolicy.Alarm, time, flags, broken, later);
    }

    // an alarm over several sources hears only those that deliver, and the one whose sample this is
    private Func<Tag, bool> Heard(Alarm alarm, int from) => tag => HomeOf(alarm) != int.MaxValue || tag.Source == from || _sources[tag.Source].Up;

    private List<Tag> Seen(Alarm alarm, int from) => _tags.ConvertAll(tag => Heard(alarm, from)(tag) ? tag : new Tag { Source = tag.Source });

    private bool? Answer(Alarm alarm, long time, int trigger, string broken, int from, bool standing)
    {
        var seen = Seen(alarm, from);
        var definition = alarm.Definition;
        if (alarm.Window is not { } window)
        {
            return PlainConditions.Judge(definition, seen, standing);
        }

        var tag = seen[definition.Tag];
        var value = definition.Expression is { } expression
            ? PlainExpression.Value(expression, [.. expression.Tags.Items.Select(read => PlainConditions.Value(seen[read]))])
            : PlainConditions.Value(tag);
        var other = definition.SetpointTag is { } read ? PlainConditions.Value(seen[read]) : 0;
        return value is { } known && other is { } also ? window.Take(time, trigger, broken, known, also, tag.Updated, tag.Value.Bits, standing) : null;
    }

    private void Settle(Alarm alarm, bool abnormal, long time, EventFlags flags, string broken, bool later)
    {
        var contrary = abnormal != alarm.On;
        if (contrary && alarm.Contrary && flags.HasFlag(EventFlags.Reconfigured))
        {
            return;
        }

        if (contrary && alarm.Contrary)
        {
            if (later && time < alarm.ContraryFrom)
            {
                // time alone had begun it, ahead of this sample
                (alarm.Counted, alarm.ContraryFrom) = (alarm.Counted + alarm.ContraryFrom - time, time);
            }

            alarm.Count(time);
            alarm.Flags |= flags | (broken == "" ? EventFlags.None : EventFlags.AcrossGap);
        }
        else
        {
            alarm.Contrary = contrary;
            alarm.Counted = 0;
            alarm.CountedTo = alarm.ContraryFrom = time;
            alarm.Flags = flags;
            alarm.Flags |= broken == "start" && !alarm.On ? EventFlags.ActiveAtStart : broken == "" ? EventFlags.None : EventFlags.AcrossGap;
        }

        if (flags.HasFlag(EventFlags.Reconfigured) && alarm.Contrary)
        {
            // the value stood before the settings did: its time counts, but nothing happened before now
            alarm.Counted = alarm.CountedTo + alarm.Delay - Math.Max(alarm.RipeAt, _now);
        }

        if (alarm.Contrary && alarm.RipeAt <= (flags.HasFlag(EventFlags.Reconfigured) ? _now : time))
        {
            Turn(alarm);
        }
    }

    private static long TimeOf(Sample sample, Source source, out bool byReception)
    {
        var mapped = (decimal)sample.SourceTime.Ticks + source.Offset.Ticks;
        byReception = sample.SourceTime.Ticks == 0 || !source.Trusted || mapped > sample.PlantTime.Ticks + 10_000_000;
        return byReception || mapped > sample.PlantTime.Ticks ? sample.PlantTime.Ticks : (long)Math.Max(mapped, 0);
    }

    private CommandOutcome Take(Input input)
    {
        switch (input)
        {
            case Tick:
                _handling.PassAlarms();
                var advancing = _alarms.Where(alarm => !alarm.IsOfLevels && !alarm.Held && IsKnown(alarm, tag => _sources[tag.Source].Up)).ToList();
                Elapse(advancing, input.At.Ticks, HomeOf);
                _handling.PassOthers();
                foreach (var (source, index) in _sources.Select((source, index) => (source, index)).Where(pair => pair.source.Up && pair.source.Patience <= input.At.Ticks))
                {
                    source.Patience = long.MaxValue;
                    foreach (var tag in Enumerable.Range(0, _tags.Count).Where(tag => _tags[tag].Source == index))
                    {
                        TellTag(tag, soft: true);
                    }

                    LookAtSource(index);
                }

                ElapseTags();

                break;
            case SourceClockMeasured measured:
                _sources[measured.Source].Trusted = measured.Synchronised;
                _sources[measured.Source].Offset = measured.Offset;
                break;
            case SourceUp up:
                foreach (var tag in _tags.Where(tag => tag.Source == up.Source))
                {
                    // values of another subscription than the one that delivers now say nothing any more, whenever they came
                    (tag.Sampled, tag.Broken, tag.Whole) = up.How != SourceRecovery.Republished ? ("no", "start", false) : (tag.Sampled == "no" ? "no" : "yes", tag.Broken, tag.Whole);
                    if (tag.Sampled == "no")
                    {
                        tag.Rests();
                    }
                    else if (tag.StaleAt is null && !tag.Stale)
                    {
                        tag.Spoke(_now);
                    }
                }

                _sources[up.Source].Up = true;
                _sources[up.Source].Patience = _now + 100_000_000;
                TellSource(up.Source, "ArmedRestored");
                EvaluateAgain(tag => tag.Source == up.Source);
                LookAtSource(up.Source);
                break;
            case SourceDown down:
                LoseSource(down.Source);
                TellSource(down.Source, "ArmedLost");
                LookAtSource(down.Source);
                break;
            case TagMonitored monitored:
                _tags[monitored.Tag].Answer = monitored.Result.Code;
                if (!monitored.Result.IsGood)
                {
                    _tags[monitored.Tag].Sampled = "no";
                    _tags[monitored.Tag].Rests();
                    _tags[monitored.Tag].Broken = "start";
                    _tags[monitored.Tag].Whole = false;
                }

                TellTag(monitored.Tag, soft: false);
                LookAtTag(monitored.Tag);
                break;
            case GapFound gap:
                Tell("Gap", gap.Tag is { } one ? NameOf(one) : _configuration.Sources[gap.Source].Name);
                foreach (var index in Enumerable.Range(0, _tags.Count).Where(tag => gap.Tag is { } single ? tag == single : _tags[tag].Source == gap.Source))
                {
                    TakeGap(index, gap.End.Ticks);
                }

                break;
            case OperatorCommand command:
                var outcome = _handling.Command(command);
                if (outcome == CommandOutcome.UnknownAlarm)
                {
                    Tell("CommandRefused", "-");
                }
                else if (outcome != CommandOutcome.Accepted)
                {
                    _handling.Tell("CommandRefused", _handling.Alarms.Find(alarm => alarm.Id == command.Alarm)!);
                }

                return outcome;
            case EpochStarted started:
                _epoch = started.Epoch;
                _seq = 0;
                Tell("EpochStarted", "-");
                _handling.Alarms.ForEach(alarm => _handling.Tell("Statement", alarm));
                break;
            case GatewayStarted started:
                Tell("GatewayStarted", "-");
                _unrecorded = false;
                for (var source = 0; source < _sources.Count; source++)
                {
                    LoseSource(source);
                    _sources[source].Trusted = false;
                    if (_sources[source].Told == "ArmedRestored")
                    {
                        TellSource(source, "ArmedLost");
                    }
                }

                _tags.ForEach(tag => (tag.Sampled, tag.Broken, tag.Whole, tag.Answer, tag.Faulted) = ("no", "start", false, null, false));
                LookAtAll();
                if (started.WallClockWentBack)
                {
                    _handling.ForgetAbsence();
                }

                _handling.WallClockMinusPlantTime = started.WallClock.Ticks - _now;
                _handling.PassAlarms();
                break;
            case InputSkipped skipped:
                Tell("Skipped", skipped.Tag is { } poisoned ? NameOf(poisoned) : "-");
                if (skipped.Tag is { } faulted)
                {
                    _tags[faulted].Faulted = true;
                    TellTag(faulted, soft: false);
                    LookAtTag(faulted);
                }

                break;
            case ConfigurationChanged:
                Tell("ConfigurationChanged", "-");
                _handling.HoldToSettings(Look, index => Show(_alarms[index], _now, EventFlags.Reconfigured));
                EvaluateAgain(_ => true);
                break;
            case ClockStepped stepped:
                Tell("ClockStepped", "-");
                _handling.WallClockMinusPlantTime += stepped.Step.Ticks;
                _handling.PassAlarms();
                break;
            case SystemConditionChanged condition:
                _unrecorded = condition.Name == "SYS_RECORDER_UNRECORDED" ? condition.Active : _unrecorded;
                Tell(condition.Active ? "SystemConditionRaised" : "SystemConditionCleared", "-");
                break;
            case ReplayMismatched:
                Tell("ReplayMismatch", "-");
                break;
        }

        return CommandOutcome.Accepted;
    }

    private void TakeGap(int index, long end)
    {
        foreach (var alarm in _alarms.Where(alarm => alarm.Reads.Contains(index) && alarm.Contrary && alarm.ContraryFrom < end))
        {
            alarm.Flags |= EventFlags.AcrossGap;
        }

        if (_tags[index].Time < end)
        {
            _tags[index].Whole = false;
            _tags[index].Broken = _tags[index].Broken == "" ? "gap" : _tags[index].Broken;
        }
    }

    // Settings or a connection are there anew: what the value says under them is said now, for no other value may come.
    private void EvaluateAgain(Func<Tag, bool> which)
    {
        for (var index = 0; index < _tags.Count; index++)
        {
            var tag = _tags[index];
            if (!which(tag))
            {
                continue;
            }

            foreach (var alarm in _alarms.Where(alarm => !alarm.IsOfLevels && alarm.Reads.Contains(index)))
            {
                if (IsKnown(alarm, tag => _sources[tag.Source].Up))
                {
                    Judge(alarm, "", -1, EventFlags.Reconfigured, later: false);
                }
            }

            LookAtTag(index);
        }
    }

    private void LookAtTag(int tag)
    {
        foreach (var group in _handling.Groups.Where(group => TagsOf(group.Definition.Trigger).Contains(tag)))
        {
            Look(group);
        }
    }

    // whatever hides something of a source, or goes by one of its tags
    private void LookAtSource(int source) => _handling.Groups.Where(group => TagsOf(group.Definition.Trigger).Exists(tag => _tags[tag].Source == source) || HiddenBy(group).Contains(source)).ToList().ForEach(Look);

    private IEnumerable<int> HiddenBy(NaiveHandling.Group group) => _alarms.Where(alarm => alarm.Handled.Group == group).SelectMany(alarm => alarm.Reads.Select(read => _tags[read].Source));

    private void LookAtAll() => _handling.Groups.ForEach(Look);

    private void Look(NaiveHandling.Group group)
    {
        var (holds, time) = Read(group);
        var unsound = TagsOf(group.Definition.Trigger).ConvertAll(index => _tags[index]).FindAll(tag => !IsSound(tag));
        _handling.Look(group, holds, unsound.Count > 0 && unsound.TrueForAll(IsAwaited) && HiddenBy(group).All(IsAway), time);
    }

    private bool IsAway(int source) => !_sources[source].Up || _sources[source].Patience != long.MaxValue;

    private bool IsAwaited(Tag tag) =>
        IsAway(tag.Source) && !tag.Faulted && (tag.Answer is null || tag.Answer >> 30 == 0) && (tag.Sampled != "yes" || (tag.Usable && tag.Quality >> 16 == 0));

    private (bool? Holds, long Time) Read(NaiveHandling.Group group)
    {
        var trigger = group.Definition.Trigger;
        if (trigger is SuppressionTrigger.AlarmActive { Alarm: var judged })
        {
            var alarm = _alarms[judged];
            return alarm.Held || _alarms.Exists(level => level.Owner == alarm && level.Held) || !alarm.Reads.TrueForAll(read => IsSound(_tags[read])) ? (null, _now) : (alarm.On, alarm.Changed);
        }

        var expression = ((SuppressionTrigger.Holds)trigger).Expression;
        var tags = TagsOf(trigger).ConvertAll(index => _tags[index]);
        var holds = PlainExpression.Value(expression, [.. tags.Select(tag => IsSound(tag) ? PlainConditions.Value(tag) : null)]);
        return holds is null ? (null, _now) : (holds != 0, tags.Max(tag => tag.Time));
    }

    private bool IsSound(Tag tag) =>
        _sources[tag.Source].Up && tag is { Answer: not null, Faulted: false, Stale: false, Usable: true, Sampled: "yes" } && tag.Answer >> 30 == 0 && tag.Quality >> 16 == 0;

    private List<int> TagsOf(SuppressionTrigger trigger) =>
        trigger is SuppressionTrigger.AlarmActive active ? _alarms[active.Alarm].Reads : [.. ((SuppressionTrigger.Holds)trigger).Expression.Tags.Items];

    // What becomes due by the passing of time alone: delays end, and conditions over time come to say something else.
    private void Elapse(List<Alarm> alarms, long until, Func<Alarm, int> home, int from = -1)
    {
        while (true)
        {
            var delays = alarms.Where(alarm => alarm.Contrary).Select(alarm => (alarm, at: alarm.RipeAt, isDelay: true));
            var changes = alarms.Select(alarm => (alarm, at: alarm.Overlooked ? alarm.Reads.Max(read => _tags[read].Time) : alarm.Window?.Change(until, alarm.On) ?? long.MaxValue, isDelay: false));
            var next = delays.Concat(changes).OrderBy(due => due.at).ThenBy(due => home(due.alarm)).ThenBy(due => due.alarm.Index).ThenBy(due => !due.isDelay).FirstOrDefault();
            if (next.alarm is not { } alarm || next.at > until)
            {
                return;
            }

            var stood = alarm.On;
            if (next.isDelay)
            {
                Turn(alarm);
            }
            else
            {
                var flags = alarm.Reads.Aggregate(EventFlags.None, (all, read) => all | _tags[read].Flags);
                alarm.Overlooked = false;
                if (Answer(alarm, next.at, -1, "", from, alarm.On) is not { } answer)
                {
                    // a source is back with a value that says nothing: its next sample decides
                    alarm.Count(next.at);
                    alarm.Held = true;
                    alarms = [.. alarms.Where(other => other != alarm)];
                    continue;
                }

                Settle(alarm, answer, next.at, flags, "", later: false);
            }

            if (from < 0)
            {
                alarm.GoneByTick |= stood && !alarm.On;
                LookAtTag(alarm.Definition.Tag);
            }
        }
    }

    private void Turn(Alarm alarm)
    {
        alarm.Changed = Math.Max(alarm.Changed, alarm.RipeAt);
        alarm.On = !alarm.On;
        alarm.GoneByTick = false;
        alarm.Contrary = false;
        Tell(alarm, alarm.Flags);
    }

    private void Tell(Alarm alarm, EventFlags flags)
    {
        if (alarm.Owner is { } owner)
        {
            Show(owner, alarm.Changed, flags);
        }
        else
        {
            _handling.ConditionChanged(alarm.Handled, alarm.On, alarm.Changed, flags);
        }
    }

    // What an alarm with levels shows: the worst that stands of the side that was passed last. Which of two is worse the names say: it is the longer one.
    private void Show(Alarm owner, long time, EventFlags flags)
    {
        if (!owner.IsOfLevels)
        {
            return;
        }

        var standing = _alarms.Where(level => level.Owner == owner && level.On).ToList();
        var last = standing.OrderByDescending(level => level.Changed).ThenBy(level => level.Level.StartsWith('L')).FirstOrDefault();
        var shown = standing.Where(level => level.Level[0] == last!.Level[0]).MaxBy(level => level.Level.Length)?.Level ?? "None";
        var before = owner.On ? owner.Handled.Level : "None";
        if (shown == before)
        {
            return;
        }

        owner.On = shown != "None";
        owner.Changed = Math.Max(owner.Changed, time);
        owner.Handled.Level = owner.On ? shown : before;
        if (shown == "None" || before == "None")
        {
            _handling.ConditionChanged(owner.Handled, owner.On, owner.Changed, flags);
        }
        else
        {
            _handling.LevelChanged(owner.Handled, isWorse: shown[0] != before[0] || shown.Length > before.Length, owner.Changed, flags);
        }
    }

    // the levels of alarms are judged as alarms of their own, behind all others and the worse first
    private static List<Alarm> LevelsOf(List<Alarm> alarms)
    {
        var levels = new List<Alarm>();
        foreach (var owner in alarms)
        {
            foreach (var level in owner.Definition.Levels.Span)
            {
                var type = Enum.Parse<ConditionType>(level.Level.ToString());
                var definition = owner.Definition with { Id = $"{owner.Definition.Id} {level.Level}", Type = type, Setpoint = level.Setpoint, IsExclusive = level.IsExclusive, OnDelay = level.OnDelay, Levels = default };
                levels.Add(new(definition, alarms.Count + levels.Count, owner.Handled) { Owner = owner, Level = level.Level.ToString() });
            }
        }

        return levels;
    }

    private void LoseSource(int index)
    {
        _sources[index].Up = false;
        _tags.Where(tag => tag.Source == index).ToList().ForEach(tag => tag.Rests());
        foreach (var tag in _tags.Where(tag => tag.Source == index && tag.Sampled == "yes"))
        {
            tag.Sampled = "earlier";
        }
    }

    private void TellSource(int index, string kind)
    {
        if (_sources[index].Told != kind)
        {
            _sources[index].Told = kind;
            Tell(kind, _configuration.Sources[index].Name);
        }
    }

    private void TellTag(int index, bool soft)
    {
        var tag = _tags[index];
        var isWaiting = !tag.Faulted && (tag.Answer is null || (tag.Answer >> 30 == 0 && tag.Sampled == "no"));
        var reason = tag.Faulted ? "fault"
            : tag.Answer is null ? "no answer"
            : tag.Answer >> 30 != 0 ? $"refused {tag.Answer >> 16}"
            : tag.Sampled == "no" ? "no sample"
            : tag.Stale ? "stale"
            : tag.Bad ? $"bad {tag.Quality >> 16}"
            : !tag.Usable ? "no number"
            : (tag.Quality >> 16) != 0 ? $"doubtful {tag.Quality >> 16}"
            : "";
        if ((isWaiting && !soft) || reason == tag.Reasons[^1].Reason)
        {
            return;
        }

        TellLasting(index);
        tag.Reasons.Add((reason, _now));
        if (reason != tag.Told && !tag.Flaps)
        {
            TellReason(index);
        }
    }

    // Who changed his mind three times within ten seconds is believed the next time when he kept to it for as long.
    private void TellLasting(int index)
    {
        var (reason, since) = _tags[index].Reasons[^1];
        if (_tags[index].Flaps && reason != _tags[index].Told && since + 100_000_000 <= _now)
        {
            TellReason(index);
        }
    }

    // in the order of time: what has lasted of those that flapped, and who was silent for too long
    private void ElapseTags()
    {
        long Settled(Tag tag) => tag.Flaps && tag.Reasons[^1].Reason != tag.Told ? tag.Reasons[^1].Since + 100_000_000 : long.MaxValue;
        long Silent(Tag tag) => tag.StaleAt ?? long.MaxValue;
        while (Enumerable.Range(0, _tags.Count).MinBy(index => Math.Min(Settled(_tags[index]), Silent(_tags[index]))) is var first && Math.Min(Settled(_tags[first]), Silent(_tags[first])) <= _now)
        {
            var tag = _tags[first];
            if (Settled(tag) <= Silent(tag))
            {
                TellReason(first);
            }
            else if (!tag.SpokeAgain())
            {
                var isAway = !_sources[tag.Source].Up;
                tag.Rests();
                if (!isAway)
                {
                    tag.Stale = true;
                    TellTag(first, soft: false);
                }
            }

            LookAtTag(first);
        }
    }

    private void TellReason(int index)
    {
        var tag = _tags[index];
        var (reason, since) = tag.Reasons[^1];
        tag.ToldAt.Add(_now);
        tag.Told = reason;
        tag.Flaps = reason != "" && tag.ToldAt.Count >= 3 && _now - tag.ToldAt[^3] < 100_000_000;
        Tell(reason == "" ? "ArmedRestored" : "ArmedLost", NameOf(index), since, "", default, EventFlags.None, SuppressionStates.None);
    }

    private string NameOf(int tag) => _configuration.Tags[tag].Name;

    // An expression may be decided by some of its tags, whatever the others are.
    private bool IsKnown(Alarm alarm, Func<Tag, bool> counts)
    {
        var isWhole = alarm.Reads.All(read => _tags[read].Sampled != "no" && counts(_tags[read]));
        return isWhole || (alarm.Definition.Expression is { } expression && (HomeOf(alarm) == int.MaxValue || counts(_tags[alarm.Definition.Tag]))
            && PlainExpression.Value(expression, [.. expression.Tags.Items.Select(read => counts(_tags[read]) ? PlainConditions.Value(_tags[read]) : null)]) is not null);
    }

    // Alarms that read several sources come after all others.
    private int HomeOf(Alarm alarm) => alarm.Reads.Select(read => _tags[read].Source).Distinct().Count() == 1 ? _tags[alarm.Definition.Tag].Source : int.MaxValue;

    private void Tell(string kind, string who) => Tell(kind, who, _now, "", default, EventFlags.None, SuppressionStates.None);

    private void Tell(string kind, string who, long time, string state, (Guid Epoch, long Seq) occurrence, EventFlags flags, SuppressionStates hidden) =>
        Lines.Add(Line(++_seq, kind, who, _now, time, state, occurrence.Epoch, occurrence.Seq, flags, hidden));

    private sealed class Source
    {
        public bool Up { get; set; }

        public bool Trusted { get; set; }

        public TimeSpan Offset { get; set; }

        public long Patience { get; set; } = long.MaxValue;

        public string Told { get; set; } = "";
    }

    internal sealed class Tag
    {
        public int Source { get; set; }

        public long Time { get; set; }

        public string Broken { get; set; } = "start";

        public string Sampled { get; set; } = "no";

        // nothing was lost since the last sample, good or bad
        public bool Whole { get; set; }

        public uint Quality { get; set; }

        public TagValue Value { get; set; }

        public UtcTime SourceTime { get; set; }

        public long Updated { get; set; }

        public EventFlags Flags { get; set; }

        // the last two stand for all that no server should send
        public bool Bad => Quality >> 30 >= 2 || Quality is 0xC0 or 0x0099_0000;

        public bool Usable => !Bad && !double.IsNaN(Value.AsNumber());

        public uint? Answer { get; set; }

        public bool Faulted { get; set; }

        public string Told { get; set; } = "";

        public List<(string Reason, long Since)> Reasons { get; } = [("", 0)];

        public List<long> ToldAt { get; } = [];

        public bool Flaps { get; set; }

        public TimeSpan StaleAfter { get; set; }

        // since nothing came for so long that its value says nothing any more
        public bool Stale { get; set; }

        // until when it may be silent, in whole tenths of a second; null while nothing can be expected of it
        public long? StaleAt { get; private set; }

        private long HeardAt { get; set; }

        public void Spoke(long at)
        {
            Stale = false;
            HeardAt = at;
            StaleAt = StaleAfter == TimeSpan.Zero ? null : StaleAt ?? SilentTooLongAt;
        }

        private long SilentTooLongAt => (HeardAt + StaleAfter.Ticks + 999_999) / 1_000_000 * 1_000_000;

        // what came last counts when the time is over, and not each time
        public bool SpokeAgain()
        {
            var spoke = SilentTooLongAt > StaleAt;
            StaleAt = spoke ? SilentTooLongAt : StaleAt;
            return spoke;
        }

        public void Rests() => (Stale, StaleAt) = (false, null);

        public Tag With(TagDefinition definition, long now)
        {
            var before = StaleAfter;
            (Source, StaleAfter) = (definition.Source, definition.StaleAfter);
            StaleAt = StaleAfter == TimeSpan.Zero ? null
                : before == TimeSpan.Zero ? (Sampled == "yes" ? now + StaleAfter.Ticks : null)
                : StaleAt + (StaleAfter - before).Ticks;
            Stale &= StaleAfter != TimeSpan.Zero;
            return this;
        }
    }

    private sealed class Alarm(AlarmDefinition definition, int index, NaiveHandling.Handled handled)
    {
        public AlarmDefinition Definition { get; } = definition;

        public List<int> Reads { get; } = PlainConditions.Reads(definition);

        public bool IsOfLevels => Definition.Type == ConditionType.Limits;

        public Alarm? Owner { get; init; }

        public string Level { get; init; } = "";

        public bool Held { get; set; }

        // a value came while another was away: what the alarm says of it is still to be found
        public bool Overlooked { get; set; }

        public bool Undefined { get; set; }

        public NaiveHandling.Handled Handled { get; } = handled;

        public PlainWindow? Window { get; private set; } = PlainWindow.IsOf(definition) ? new(definition) : null;

        public int Index { get; } = index;

        public bool On { get; set; }

        public bool Contrary { get; set; }

        public long ContraryFrom { get; set; }

        public long Counted { get; set; }

        public long CountedTo { get; set; }

        public long Changed { get; set; }

        public bool GoneByTick { get; set; }

        public EventFlags Flags { get; set; }

        public long Delay => (On ? Definition.OffDelay : Definition.OnDelay).Ticks;

        public long RipeAt => CountedTo + Delay - Counted;

        // a delay goes on where the alarm is about the same tags; where its settings differ, it has the new length and is over at the earliest now
        public void GoOn(Alarm old, bool isSame, long now)
        {
            (On, Changed, Undefined) = (old.On, old.Changed, old.Undefined);
            if (!isSame)
            {
                return;
            }

            if (PlainConditions.SayTheSame(old.Definition with { OnDelay = Definition.OnDelay, OffDelay = Definition.OffDelay }, Definition))
            {
                Window = old.Window?.Under(Definition);
                Overlooked = old.Overlooked;
            }

            (Contrary, ContraryFrom, Counted, CountedTo, Flags, Held) = (old.Contrary, old.ContraryFrom, old.Counted, old.CountedTo, old.Flags, old.Held);
            GoneByTick = old.GoneByTick;
            if (Contrary && !PlainConditions.SayTheSame(old.Definition, Definition))
            {
                Counted = CountedTo + Delay - Math.Max(RipeAt, Held ? CountedTo : now);
                Flags |= EventFlags.Reconfigured;
            }
        }

        // a tick may have counted on beyond what ends the counting
        public void CountTo(long time)
        {
            if (Contrary)
            {
                (Counted, CountedTo) = (Counted + time - CountedTo, time);
            }
        }

        public void Count(long time)
        {
            if (Contrary && time > CountedTo)
            {
                Counted += time - CountedTo;
                CountedTo = time;
            }
        }
    }
}
