using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>Random configurations, and random stories of inputs and samples for them: with bursts, cuts, bad quality, gaps, wrong clocks, restarts and operators.</summary>
internal sealed record PlantStory(AlarmConfiguration Configuration, IReadOnlyList<object> Steps)
{
    private static readonly double[] Values =
        [double.NegativeInfinity, -1e300, 0, 9, 10, 10.5, 11, 50, 84.9, 85, 85.1, 89.9, 90, 90.1, 100, 1e300, double.PositiveInfinity, double.NaN];

    private static readonly Gen<TagValue> ValueGen = Gen.Frequency(
        (8, Gen.OneOf(Values).Select(value => TagValue.From(value))),
        (2, Gen.OneOf(0L, 1L, 10L, 12L, 90L, -1L).Select(value => TagValue.From(value))),
        (1, Gen.OneOf(0UL, 0xFFFF_FFFF_FFFF_FFFF, 90UL).Select(value => TagValue.From(value))),
        (1, Gen.Bool.Select(value => TagValue.From(value))),
        (1, Gen.Const(TagValue.None)));

    private static readonly uint[] Qualities =
    [
        0, 0, 0, 0, 0, 0, 0, 0x0000_0480, PlantRig.BadSensorFailure, PlantRig.BadSensorFailure, 0xC000_0000, PlantRig.UncertainLastUsableValue, PlantRig.GoodOverload,
    ];

    private static readonly Gen<AlarmDefinition> AlarmGen =
        from tag in Gen.Int[0, 2]
        from type in Gen.OneOf(Enum.GetValues<ConditionType>())
        from deadband in Gen.OneOf(0.0, 1, 5)
        from onDelay in Gen.OneOf(0.0, 0, 0.3, 5, 15)
        from offDelay in Gen.OneOf(0.0, 0, 0.3, 4)
        from ack in Gen.Bool
        from exclusive in Gen.Bool
        from uncertain in Gen.Bool
        from policy in Gen.OneOf(BadQualityPolicy.Hold, BadQualityPolicy.Hold, BadQualityPolicy.Alarm, BadQualityPolicy.Inhibit)
        from other in Gen.OneOf(-1, -1, 0, 1, 2)
        from expression in PlainExpression.Any
        from bits in Gen.OneOf(new BitPattern(2, 2, false), new(8, 0, false), new(0x0E, 0x0A, true), new(0xFF, 0, true))
        select Plants.Alarm("?", tag, type, SetpointOf(type), deadband, onDelay, offDelay, ack) with
        {
            IsExclusive = exclusive,
            CountsUncertain = uncertain,
            BadQuality = policy,
            SetpointTag = other >= 0 && HasLimit(type) ? other : null,
            Setpoint = other >= 0 && HasLimit(type) ? deadband - 1 : SetpointOf(type),
            Bits = type is ConditionType.Bit or ConditionType.Mask ? bits : default,
            Expression = type == ConditionType.Expression ? new([.. expression], [tag, (tag + 1) % 3, (tag + 2) % 3]) : null,
            Set = type == ConditionType.InSet ? new([10, 90, double.PositiveInfinity]) : default,
        };

    private static readonly Gen<AlarmConfiguration> ConfigurationGen = AlarmGen.Array[1, 6].Select(alarms => Plants.TwoSources() with
    {
        Alarms = [.. alarms.Select((alarm, index) => alarm with { Id = $"A{index}" })],
    });

    private static readonly Gen<Move> SampleGen =
        from tag in Gen.Int[0, 2]
        from value in ValueGen
        from quality in Gen.OneOf(Qualities)
        from lag in Gen.OneOf(0, 0, 0, 0.1, 1, 5, 30, -0.5, -10, -1e9, 1e9, 1e12, double.NaN)
        from backwards in Gen.OneOf(0.0, 0, 0, 0.5)
        select new Move(0, null, PlantRig.SampleOf(tag, value, 0, null, quality), lag, backwards);

    private static readonly Gen<Input> InputGen = Gen.Frequency(
        (8, Gen.Const<Input>(new Tick(default))),
        (1, from source in Gen.Int[0, 1] select (Input)new SourceDown(default, source, "cable")),
        (2, from source in Gen.Int[0, 1] from how in Gen.OneOf(Enum.GetValues<SourceRecovery>()) select (Input)new SourceUp(default, source, how)),
        (1, from source in Gen.Int[0, 1]
            from offset in Gen.OneOf(0.0, 0, 2, -2, 3600)
            from synchronised in Gen.OneOf(true, true, false)
            select (Input)new SourceClockMeasured(default, source, TimeSpan.FromSeconds(offset), synchronised)),
        (1, from tag in Gen.Int[0, 2] from code in Gen.OneOf(0u, 0u, 0x8034_0000u) select (Input)new TagMonitored(default, tag, new Quality(code))),
        (1, from source in Gen.Int[0, 1]
            from all in Gen.Bool
            from back in Gen.OneOf(0.5, 3.0, 20)
            from end in Gen.OneOf(0.0, 0, 1)
            select (Input)new GapFound(default, source, all ? null : source + 1, new((long)(back * 1e7)), new((long)(end * 1e7)), GapCause.Overflow)),
        (3, from alarm in Gen.Int[0, 6]
            from seq in Gen.OneOf(-1L, -1, -1, 0, 3)
            select (Input)new AcknowledgeCommand(default, Guid.Empty, $"A{alarm}", new(PlantRig.Epoch, seq), "operator1", "")),
        (1, Gen.OneOf<Input>(
            new GatewayStarted(default, default, false),
            new InputSkipped(default, 7, 1, "planted"),
            new InputSkipped(default, 7, null, "planted"),
            new EpochStarted(default, Guid.Parse("01980000-0000-7000-8000-000000000002"), PlantRig.Epoch, 7, "damage"),
            new NotificationReceived(default, 1, 5, 9),
            new NotificationReceived(default, 1, 5, 0),
            new ConfigurationChanged(default, "ab"),
            new ClockStepped(default, TimeSpan.FromSeconds(-3600)),
            new SystemConditionChanged(default, "SYS_DISK", true, "low"),
            new SystemConditionChanged(default, "SYS_DISK", false, "enough"),
            new ReplayMismatched(default, 4, "other"))));

    private static readonly Gen<Move> MoveGen =
        from advance in Gen.OneOf(0.0, 0, 0.1, 0.3, 1, 3, 10)
        from move in Gen.Frequency((3, SampleGen), (2, InputGen.Select(input => new Move(0, input, default, 0, 0))))
        select move with { Advance = advance };

    /// <summary>Any story at all.</summary>
    public static Gen<PlantStory> Any { get; } =
        from configuration in ConfigurationGen
        from connected in Gen.OneOf(true, true, true, false)
        from moves in MoveGen.Array[0, 80]
        select Tell(configuration, connected, moves);

    /// <summary>The story for people, for when a property fails.</summary>
    public override string ToString() =>
        string.Join('\n', Configuration.Alarms.Select(alarm => alarm.ToString()).Concat(Steps.Select(step => step.ToString()!.Replace("EdgeAlarm.Engine.", ""))));

    /// <summary>Steps an engine through the story.</summary>
    public static List<AlarmEvent> Run(AlarmEngine engine, IEnumerable<object> steps)
    {
        var events = new List<AlarmEvent>();
        foreach (var step in steps)
        {
            StepOnce(engine, step, events);
        }

        return events;
    }

    /// <summary>One step of the story. An acknowledgement of seq -1 means the present occurrence, which only the engine's own events know.</summary>
    public static CommandOutcome? StepOnce(AlarmEngine engine, object step, List<AlarmEvent> events)
    {
        switch (step)
        {
            case Sample sample:
                engine.Step(in sample, events);
                return null;
            case AcknowledgeCommand { Occurrence.Seq: -1 } command:
                return engine.Step(command with { Occurrence = Present(command.Alarm, events) }, events);
            default:
                return engine.Step((Input)step, events);
        }

        OccurrenceId Present(string id, List<AlarmEvent> told) => told.LastOrDefault(e =>
            e.Kind == EventKind.Activated && engine.Configuration.Alarms[e.Alarm].Id == id)?.Occurrence ?? OccurrenceId.None;
    }

    private static double SetpointOf(ConditionType type) => type switch
    {
        ConditionType.HiHi or ConditionType.Hi or ConditionType.Equal => 90,
        ConditionType.Lo or ConditionType.LoLo or ConditionType.NotEqual => 10,
        ConditionType.InSet or ConditionType.Bit or ConditionType.Mask or ConditionType.BadQuality or ConditionType.Expression => 0,
    };

    private static bool HasLimit(ConditionType type) => type is ConditionType.HiHi or ConditionType.Hi or ConditionType.Lo or ConditionType.LoLo
        or ConditionType.Equal or ConditionType.NotEqual;

    private static PlantStory Tell(AlarmConfiguration configuration, bool connected, Move[] moves)
    {
        var steps = new List<object> { new EpochStarted(PlantRig.At(0), PlantRig.Epoch, null, 0, "first start"), new GatewayStarted(PlantRig.At(0), default, false) };
        if (connected)
        {
            steps.AddRange([.. Enumerable.Range(0, 3).Select(tag => new TagMonitored(PlantRig.At(0), tag, Quality.Good))]);
            steps.AddRange([.. Enumerable.Range(0, 2).Select(source => new SourceClockMeasured(PlantRig.At(0), source, TimeSpan.Zero, true))]);
            steps.AddRange([.. Enumerable.Range(0, 2).Select(source => new SourceUp(PlantRig.At(0), source, SourceRecovery.Connected))]);
        }

        var now = 0.0;
        foreach (var move in moves)
        {
            now = Math.Round(now + move.Advance, 3);
            steps.Add(move.At(now));
        }

        return new(configuration, steps);
    }

    private sealed record Move(double Advance, Input? Input, Sample Sample, double Lag, double Backwards)
    {
        public object At(double now)
        {
            var at = PlantRig.At(now);
            return Input switch
            {
                GapFound gap => gap with { At = at, Start = new(at.Ticks - gap.Start.Ticks), End = new(at.Ticks - gap.End.Ticks) },
                { } input => input with { At = at },
                null => Sample with { PlantTime = PlantRig.At(now - Backwards), SourceTime = SourceTime(at) },
            };
        }

        // 1e9 s are decades away, 1e12 s are beyond all calendars: any 64 bits may come over the wire.
        private UtcTime SourceTime(PlantTime at) => Lag switch
        {
            double.NaN => UtcTime.Missing,
            1e12 => new(long.MinValue),
            -1e9 => new(long.MaxValue),
            _ => new(at.Ticks - (long)(Lag * 1e7)),
        };
    }
}
