namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>
/// The alarm engine written apart, slowly and plainly, from the rules and not from the code: each alarm counts how long its value has been contrary to its condition,
/// and everything is looked up by going through everything. It tells one line for each event.
/// </summary>
internal sealed class NaiveModel(AlarmConfiguration configuration)
{
    private readonly List<Alarm> _alarms = [.. configuration.Alarms.Select((definition, index) => new Alarm(definition, index))];
    private readonly List<Tag> _tags = [.. configuration.Tags.Select(tag => new Tag { Source = tag.Source })];
    private readonly List<Source> _sources = [.. configuration.Sources.Select(_ => new Source())];
    private Guid _epoch;
    private long _seq;
    private long _now;

    public List<string> Lines { get; } = [];

    public static string Line(long seq, string kind, string who, long at, long time, string state, Guid epoch, long occurrence, EventFlags flags) =>
        $"{seq} {kind} {who} at {at} time {time} {state} {(occurrence == 0 ? Guid.Empty : epoch)}:{occurrence} {flags}";

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
            default:
                throw new ArgumentException(step.ToString(), nameof(step));
        }
    }

    private void Take(Sample sample)
    {
        var tag = _tags[sample.Tag];
        var time = Math.Max(TimeOf(sample, _sources[tag.Source], out var byReception), tag.Time);
        var mine = _alarms.Where(alarm => alarm.Reads.Contains(sample.Tag)).ToList();
        if (tag.Broken == "")
        {
            var running = mine.Where(alarm => !alarm.Held && IsKnown(alarm, _ => true)).ToList();
            running.ForEach(alarm => alarm.Count(time));
            FireRipe(running, _ => 0);
        }

        var broken = tag.Broken;
        tag.Time = time;
        tag.Sampled = "yes";
        tag.Value = sample.Value;
        tag.Quality = sample.Quality.Code;
        tag.Flags = (byReception ? EventFlags.ReceptionTime : EventFlags.None) | (tag.Quality >> 30 == 1 ? EventFlags.Uncertain : EventFlags.None);
        tag.Broken = tag.Usable ? "" : broken;
        TellTag(sample.Tag, soft: false);
        mine.ForEach(alarm => Judge(alarm, broken));
    }

    private void Judge(Alarm alarm, string broken)
    {
        var tags = alarm.Reads.Select(read => _tags[read]).ToList();
        var time = tags.Max(tag => tag.Time);
        var flags = tags.Aggregate(EventFlags.None, (all, tag) => all | tag.Flags);
        var abnormal = PlainConditions.Judge(alarm.Definition, _tags, alarm.On);
        if (abnormal is null && tags.Exists(tag => tag.Sampled == "no") && tags.TrueForAll(tag => tag.Sampled == "no" || tag.Usable))
        {
            return;
        }

        var undefined = abnormal is null && tags.TrueForAll(tag => tag.Usable);
        if (alarm.Undefined != undefined && (undefined || abnormal is not null))
        {
            alarm.Undefined = undefined;
            Tell(undefined ? "ArmedLost" : "ArmedRestored", alarm, _now, EventFlags.None);
        }

        if (abnormal is null && alarm.Definition.BadQuality == BadQualityPolicy.Hold)
        {
            // Time across a break counts; from here on it does not, until something is known again.
            if (!alarm.Held)
            {
                alarm.Count(time);
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
            (alarm.Held, alarm.CountedTo) = (false, time);
        }

        var contrary = (abnormal ?? alarm.Definition.BadQuality == BadQualityPolicy.Alarm) != alarm.On;
        if (contrary && alarm.Contrary)
        {
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

        FireRipe([alarm], _ => 0);
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
                var advancing = _alarms.Where(alarm => !alarm.Held && IsKnown(alarm, tag => _sources[tag.Source].Up)).ToList();
                foreach (var alarm in advancing.Where(alarm => alarm.Contrary && alarm.RipeAt <= input.At.Ticks))
                {
                    alarm.Count(alarm.RipeAt);
                }

                FireRipe(advancing, HomeOf);
                foreach (var (source, index) in _sources.Select((source, index) => (source, index)).Where(pair => pair.source.Up && pair.source.Patience <= input.At.Ticks))
                {
                    source.Patience = long.MaxValue;
                    foreach (var tag in Enumerable.Range(0, _tags.Count).Where(tag => _tags[tag].Source == index))
                    {
                        TellTag(tag, soft: true);
                    }
                }

                break;
            case SourceClockMeasured measured:
                _sources[measured.Source].Trusted = measured.Synchronised;
                _sources[measured.Source].Offset = measured.Offset;
                break;
            case SourceUp up:
                foreach (var tag in _tags.Where(tag => tag.Source == up.Source && (tag.Sampled == "earlier" || (_sources[up.Source].Up && tag.Sampled == "yes"))))
                {
                    tag.Sampled = up.How == SourceRecovery.Republished ? "yes" : "no";
                    tag.Broken = up.How == SourceRecovery.Republished ? tag.Broken : "start";
                }

                _sources[up.Source].Up = true;
                _sources[up.Source].Patience = _now + 100_000_000;
                TellSource(up.Source, "ArmedRestored");
                break;
            case SourceDown down:
                LoseSource(down.Source);
                TellSource(down.Source, "ArmedLost");
                break;
            case TagMonitored monitored:
                _tags[monitored.Tag].Answer = monitored.Result.Code;
                if (!monitored.Result.IsGood)
                {
                    _tags[monitored.Tag].Sampled = "no";
                    _tags[monitored.Tag].Broken = "start";
                }

                TellTag(monitored.Tag, soft: false);
                break;
            case GapFound gap:
                Tell("Gap", gap.Tag is { } one ? $"T{one}" : $"PLC{gap.Source + 1}");
                foreach (var index in Enumerable.Range(0, _tags.Count).Where(tag => gap.Tag is { } single ? tag == single : _tags[tag].Source == gap.Source))
                {
                    TakeGap(index, gap.End.Ticks);
                }

                break;
            case AcknowledgeCommand command:
                return Acknowledge(command);
            case EpochStarted started:
                _epoch = started.Epoch;
                _seq = 0;
                Tell("EpochStarted", "-");
                _alarms.ForEach(alarm => Tell("Statement", alarm, _now, EventFlags.None));
                break;
            case GatewayStarted:
                Tell("GatewayStarted", "-");
                for (var source = 0; source < _sources.Count; source++)
                {
                    LoseSource(source);
                    _sources[source].Trusted = false;
                    if (_sources[source].Told == "ArmedRestored")
                    {
                        TellSource(source, "ArmedLost");
                    }
                }

                _tags.ForEach(tag => (tag.Sampled, tag.Broken, tag.Answer, tag.Faulted) = ("no", "start", null, false));
                break;
            case InputSkipped skipped:
                Tell("Skipped", skipped.Tag is { } poisoned ? $"T{poisoned}" : "-");
                if (skipped.Tag is { } faulted)
                {
                    _tags[faulted].Faulted = true;
                    TellTag(faulted, soft: false);
                }

                break;
            case ConfigurationChanged:
                Tell("ConfigurationChanged", "-");
                break;
            case ClockStepped:
                Tell("ClockStepped", "-");
                break;
            case SystemConditionChanged condition:
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

        if (_tags[index].Time < end && _tags[index].Broken == "")
        {
            _tags[index].Broken = "gap";
        }
    }

    private CommandOutcome Acknowledge(AcknowledgeCommand command)
    {
        var alarm = _alarms.Find(alarm => alarm.Definition.Id == command.Alarm);
        if (alarm is null)
        {
            return CommandOutcome.UnknownAlarm;
        }

        // -1 stands for "the occurrence that the screen shows".
        var isPresent = alarm.Occurrence != 0
            && (command.Occurrence.Seq == -1 || (command.Occurrence.Seq == alarm.Occurrence && command.Occurrence.Epoch == alarm.OccurrenceEpoch));
        if (!isPresent)
        {
            return alarm.On || alarm.Unseen ? CommandOutcome.StaleOccurrence : CommandOutcome.NothingToAcknowledge;
        }

        if (!alarm.Unseen)
        {
            return CommandOutcome.AlreadyAcknowledged;
        }

        alarm.Unseen = false;
        Tell("Acknowledged", alarm, _now, EventFlags.None);
        return CommandOutcome.Accepted;
    }

    private void FireRipe(List<Alarm> alarms, Func<Alarm, int> home)
    {
        foreach (var alarm in alarms.Where(alarm => alarm.IsRipe).OrderBy(alarm => alarm.RipeAt).ThenBy(home).ThenBy(alarm => alarm.Index))
        {
            alarm.Changed = Math.Max(alarm.Changed, alarm.RipeAt);
            alarm.On = !alarm.On;
            alarm.Contrary = false;
            if (alarm.On)
            {
                alarm.Unseen = alarm.Definition.AckRequired;
                (alarm.OccurrenceEpoch, alarm.Occurrence) = (_epoch, _seq + 1);
            }

            Tell(alarm.On ? "Activated" : "Returned", alarm, alarm.Changed, alarm.Flags);
        }
    }

    private void LoseSource(int index)
    {
        _sources[index].Up = false;
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
            Tell(kind, $"PLC{index + 1}");
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
            : (tag.Quality >> 30) >= 2 ? $"bad {tag.Quality >> 16}"
            : !tag.Usable ? "no number"
            : (tag.Quality >> 16) != 0 ? $"doubtful {tag.Quality >> 16}"
            : "";
        if ((soft || !isWaiting) && reason != tag.Told)
        {
            tag.Told = reason;
            Tell(reason == "" ? "ArmedRestored" : "ArmedLost", $"T{index}");
        }
    }

    // An expression may be decided by some of its tags, whatever the others are.
    private bool IsKnown(Alarm alarm, Func<Tag, bool> counts)
    {
        var isWhole = alarm.Reads.All(read => _tags[read].Sampled != "no" && counts(_tags[read]));
        return isWhole || (alarm.Definition.Expression is { } expression && (HomeOf(alarm) == int.MaxValue || counts(_tags[alarm.Definition.Tag]))
            && PlainExpression.Value(expression, [.. expression.Tags.Items.Select(read => counts(_tags[read]) ? PlainConditions.Value(_tags[read]) : null)]) is not null);
    }

    // Alarms that read several sources come after all others.
    private int HomeOf(Alarm alarm) => alarm.Reads.Select(read => _tags[read].Source).Distinct().Count() == 1 ? _tags[alarm.Definition.Tag].Source : int.MaxValue;

    private void Tell(string kind, string who) => Lines.Add(Line(++_seq, kind, who, _now, _now, "", _epoch, 0, EventFlags.None));

    private void Tell(string kind, Alarm alarm, long time, EventFlags flags)
    {
        var state = (alarm.On, alarm.Unseen) switch
        {
            (false, false) => "Normal",
            (true, true) => "Unacknowledged",
            (true, false) => "Acknowledged",
            (false, true) => "ReturnedUnacknowledged",
        };
        Lines.Add(Line(++_seq, kind, alarm.Definition.Id, _now, time, state, alarm.OccurrenceEpoch, alarm.Occurrence, flags));
    }

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
        public int Source { get; init; }

        public long Time { get; set; }

        public string Broken { get; set; } = "start";

        public string Sampled { get; set; } = "no";

        public uint Quality { get; set; }

        public TagValue Value { get; set; }

        public EventFlags Flags { get; set; }

        public bool Usable => Quality >> 30 is 0 or 1 && !double.IsNaN(Value.AsNumber());

        public uint? Answer { get; set; }

        public bool Faulted { get; set; }

        public string Told { get; set; } = "";
    }

    private sealed class Alarm(AlarmDefinition definition, int index)
    {
        public AlarmDefinition Definition { get; } = definition;

        public List<int> Reads { get; } = PlainConditions.Reads(definition);

        public bool Held { get; set; }

        public bool Undefined { get; set; }

        public int Index { get; } = index;

        public bool On { get; set; }

        public bool Unseen { get; set; }

        public Guid OccurrenceEpoch { get; set; }

        public long Occurrence { get; set; }

        public bool Contrary { get; set; }

        public long ContraryFrom { get; set; }

        public long Counted { get; set; }

        public long CountedTo { get; set; }

        public long Changed { get; set; }

        public EventFlags Flags { get; set; }

        public long Delay => (On ? Definition.OffDelay : Definition.OnDelay).Ticks;

        public long RipeAt => CountedTo + Delay - Counted;

        public bool IsRipe => Contrary && Counted >= Delay;

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
