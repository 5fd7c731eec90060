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
        0, 0, 0, 0, 0, 0, 0, 0x0000_0480, PlantRig.BadSensorFailure, PlantRig.BadSensorFailure, 0xC000_0000, 0x0000_00C0, 0x0099_0000, PlantRig.UncertainLastUsableValue, PlantRig.GoodOverload,
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
        from window in Gen.OneOf(0.5, 2, 8, 30)
        from policy in Gen.OneOf(BadQualityPolicy.Hold, BadQualityPolicy.Hold, BadQualityPolicy.Alarm, BadQualityPolicy.Inhibit)
        from other in Gen.OneOf(-1, -1, 0, 1, 2)
        from expression in PlainExpression.Any
        from bits in Gen.OneOf(new BitPattern(2, 2, false), new(8, 0, false), new(0x0E, 0x0A, true), new(0xFF, 0, true))
        from levelDelay in Gen.OneOf(0.0, 0, 1, 7)
        from kept in Gen.Bool.Array[4]
        from journal in Gen.OneOf(false, false, true)
        let levels = (LevelDefinition[])
        [
            new(AlarmLevel.HiHi, 90, exclusive, TimeSpan.FromSeconds(onDelay), AlarmPriority.Critical, "HiHi"),
            new(AlarmLevel.Hi, 85, exclusive, TimeSpan.FromSeconds(levelDelay), journal ? AlarmPriority.Journal : AlarmPriority.Low, "Hi"),
            new(AlarmLevel.LoLo, 9, exclusive, TimeSpan.FromSeconds(levelDelay), AlarmPriority.Critical, "LoLo"),
            new(AlarmLevel.Lo, 11, exclusive, TimeSpan.FromSeconds(onDelay), AlarmPriority.Low, "Lo"),
        ]
        select Plants.Alarm("?", tag, type, SetpointOf(type), deadband, onDelay, offDelay, ack) with
        {
            IsExclusive = exclusive,
            CountsUncertain = uncertain,
            BadQuality = policy,
            SetpointTag = other >= 0 && HasLimit(type) ? other : NeedsOther(type) ? (tag + 1) % 3 : null,
            Setpoint = other >= 0 && HasLimit(type) ? deadband - 1 : type == ConditionType.TimeAbnormal ? window / 4 : SetpointOf(type),
            Window = HasLimit(type) || (ack && type is ConditionType.DevHi or ConditionType.DevLo) ? TimeSpan.Zero : TimeSpan.FromSeconds(window),
            Bits = type is ConditionType.Bit or ConditionType.Mask ? bits : default,
            Expression = type == ConditionType.Expression || (exclusive && type is ConditionType.CountInTime or ConditionType.TimeAbnormal) ? new([.. expression], [tag, (tag + 1) % 3, (tag + 2) % 3]) : null,
            Deadband = type is ConditionType.RateUp or ConditionType.RateDown ? Math.Min(deadband, 1) : deadband,
            Levels = type == ConditionType.Limits ? new([.. levels.Where((_, index) => kept[index] || index == 0)]) : default,
            Priority = journal ? AlarmPriority.Journal : AlarmPriority.High,
            OnDelay = TimeSpan.FromSeconds(type == ConditionType.Limits ? Math.Max(onDelay, levelDelay) : onDelay),
            Set = type == ConditionType.InSet ? new([10, 90, double.PositiveInfinity]) : default,
        };

    private static readonly Gen<AlarmHandling> HandlingGen =
        from latch in Gen.OneOf(LatchMode.None, LatchMode.None, LatchMode.Manual, LatchMode.Timed)
        from latchFor in Gen.OneOf(2.0, 30)
        from reAlarm in Gen.OneOf(0.0, 0, 7, 60)
        from shelveMax in Gen.OneOf(0.0, 20, 60, 3600)
        from outOfServiceMax in Gen.OneOf(0.0, 20, 3600, 3600)
        from note in Gen.Int[0, 3]
        from suppression in Gen.OneOf(-1, -1, 0, 1)
        from firstOut in Gen.OneOf(-1, 0)
        from nuisance in Gen.OneOf((60.0, 10.0), (60, 10), (5, 0), (200, 100))
        select new AlarmHandling
        {
            Latch = latch,
            LatchFor = latch == LatchMode.Timed ? TimeSpan.FromSeconds(latchFor) : TimeSpan.Zero,
            ReAlarm = TimeSpan.FromSeconds(reAlarm),
            ShelveMax = TimeSpan.FromSeconds(shelveMax),
            OutOfServiceMax = TimeSpan.FromSeconds(outOfServiceMax),
            IsNoteRequired = note == 1,
            IsHighlyManaged = note == 2,
            SuppressionGroup = suppression,
            FirstOutGroup = firstOut,
            ChatterWithin = TimeSpan.FromSeconds(nuisance.Item1),
            FleetingWithin = TimeSpan.FromSeconds(nuisance.Item2),
        };

    private static readonly Gen<SuppressionGroupDefinition> GroupGen =
        from entry in Gen.OneOf(0.0, 0, 2, 10)
        from exit in Gen.OneOf(0.0, 0, 2, 10)
        from max in Gen.OneOf(5.0, 60, 28_800)
        select new SuppressionGroupDefinition("", new SuppressionTrigger.AlarmActive(0), TimeSpan.FromSeconds(entry), TimeSpan.FromSeconds(exit), TimeSpan.FromSeconds(max));

    private static readonly Gen<Expression> TriggerGen =
        from both in Gen.OneOf(ExpressionOperator.And, ExpressionOperator.Or)
        from isPlain in Gen.Bool
        let pump = (ExpressionStep[])[new(ExpressionOperator.Tag), new(ExpressionOperator.Number, 50), new(ExpressionOperator.Less)]
        let other = (ExpressionStep[])[new(ExpressionOperator.Tag, Operand: 1), new(ExpressionOperator.Number, 50), new(ExpressionOperator.GreaterOrEqual), new(both)]
        select isPlain ? new Expression([.. pump], [1]) : new Expression([.. pump, .. other], [1, 2]);

    private static readonly Gen<AlarmConfiguration> ConfigurationGen =
        from alarms in Gen.Select(AlarmGen, HandlingGen, (alarm, handling) => alarm with { Handling = handling }).Array[1, 6]
        from groups in Gen.Select(GroupGen, GroupGen)
        from trigger in TriggerGen
        from silences in Gen.OneOf(0.0, 0, 0, 5, 20).Array[3]
        from names in Gen.Shuffle(Enumerable.Range(0, 6).Select(index => $"A{index}").ToArray())
        from inOrder in Gen.OneOf(true, true, false)
        let plant = Plants.TwoSources()
        select ListEdit.WithoutCircles(plant with
        {
            Tags = [.. plant.Tags.Select((tag, index) => tag with { StaleAfter = TimeSpan.FromSeconds(silences[index]) })],
            Alarms = [.. alarms.Select((alarm, index) => alarm with { Id = inOrder ? $"A{index}" : names[index] })],
            SuppressionGroups =
            [
                groups.Item1 with { Name = "the pump stands", Trigger = new SuppressionTrigger.Holds(trigger) },
                groups.Item2 with { Name = "the first alarm stands", Trigger = new SuppressionTrigger.AlarmActive(0) },
            ],
            FirstOutGroups = ["trip"],
        });

    private static readonly Gen<OperatorCommand> CommandGen =
        from alarm in Gen.Int[0, 6].Select(index => $"A{index}")
        from seq in Gen.OneOf(-1L, -1, -1, 0, 3)
        from note in Gen.OneOf("", "seen", "seen")
        from seconds in Gen.OneOf(0.0, 3, 20, 60, 600, -1)
        from oneShot in Gen.Bool
        from approvedBy in Gen.OneOf("", "operator1", "shift leader")
        from command in Gen.OneOf<OperatorCommand>(
            new AcknowledgeCommand(default, Guid.Empty, alarm, new(PlantRig.Epoch, seq), "operator1", note),
            new AcknowledgeCommand(default, Guid.Empty, alarm, new(PlantRig.Epoch, seq), "operator1", note),
            new ResetCommand(default, Guid.Empty, alarm, "operator1", note),
            new ShelveCommand(default, Guid.Empty, alarm, TimeSpan.FromSeconds(seconds), oneShot, "operator1", note),
            new ShelveCommand(default, Guid.Empty, alarm, TimeSpan.FromSeconds(seconds), oneShot, "operator1", note),
            new UnshelveCommand(default, Guid.Empty, alarm, "operator1", note),
            new RemoveFromServiceCommand(default, Guid.Empty, alarm, TimeSpan.FromSeconds(seconds), "operator1", note, approvedBy),
            new ReturnToServiceCommand(default, Guid.Empty, alarm, "operator1", note))
        select command;

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
        (6, CommandGen.Select(command => (Input)command)),
        (1, Gen.OneOf<Input>(
            new GatewayStarted(default, new(0), false),
            new GatewayStarted(default, new(-50_000_000), false),
            new GatewayStarted(default, new(50_000_000), true),
            new InputSkipped(default, 7, 1, "planted"),
            new InputSkipped(default, 7, null, "planted"),
            new EpochStarted(default, Guid.Parse("01980000-0000-7000-8000-000000000002"), PlantRig.Epoch, 7, "damage"),
            new NotificationReceived(default, 1, 5, 9),
            new NotificationReceived(default, 1, 5, 0),
            new ConfigurationChanged(default, "ab"),
            new ClockStepped(default, TimeSpan.FromSeconds(-3600)),
            new ClockStepped(default, TimeSpan.FromSeconds(15)),
            new SystemConditionChanged(default, GatewayConditions.Unrecorded, true, "the disk is full"),
            new SystemConditionChanged(default, GatewayConditions.Unrecorded, false, "there is room"),
            new ReplayMismatched(default, 4, "other"))));

    private static readonly Gen<Move> MoveGen =
        from advance in Gen.Frequency((40, Gen.OneOf(0.0, 0, 0.1, 0.3, 1, 3, 10)), (1, Gen.OneOf(60.0, 700)))
        from move in Gen.Frequency(
            (30, SampleGen),
            (20, InputGen.Select(input => new Move(0, input, default, 0, 0))),
            (1, ConfigurationGen.Select(configuration => new Move(0, null, default, 0, 0) { Configuration = configuration })),
            (2, ListEdit.Any(AlarmGen, HandlingGen).Select(edit => new Move(0, null, default, 0, 0) { Edit = edit })))
        select move with { Advance = advance };

    /// <summary>Any story at all.</summary>
    public static Gen<PlantStory> Any { get; } =
        from configuration in ConfigurationGen
        from connected in Gen.OneOf(true, true, true, false)
        from moves in MoveGen.Array[0, 80]
        select Tell(configuration, connected, moves);

    /// <summary>The story for people, for when a property fails.</summary>
    public override string ToString() => string.Join(
        '\n',
        [.. Configuration.Alarms.Select(StoryWords.Of), .. Configuration.SuppressionGroups.Select(StoryWords.Of), .. Steps.Select(StoryWords.Of)]);

    private static double SetpointOf(ConditionType type) => type switch
    {
        ConditionType.HiHi or ConditionType.Hi or ConditionType.Equal => 90,
        ConditionType.Lo or ConditionType.LoLo or ConditionType.NotEqual => 10,
        ConditionType.InSet or ConditionType.Bit or ConditionType.Mask or ConditionType.BadQuality or ConditionType.Expression or ConditionType.Discrepancy
            or ConditionType.Stale or ConditionType.Flatline or ConditionType.Heartbeat or ConditionType.TimeAbnormal or ConditionType.Limits => 0,
        ConditionType.DevHi => 5,
        ConditionType.DevLo => -5,
        ConditionType.RateUp or ConditionType.RateDown => 2,
        ConditionType.CountInTime => 2,
    };

    private static bool NeedsOther(ConditionType type) => type is ConditionType.DevHi or ConditionType.DevLo or ConditionType.Discrepancy;

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
        var list = configuration;
        foreach (var move in moves)
        {
            now = Math.Round(now + move.Advance, 3);
            list = move.Configuration ?? move.Edit?.Of(list) ?? list;
            steps.Add(move.At(now, list, steps.Count));
        }

        return new(configuration, steps);
    }

    private sealed record Move(double Advance, Input? Input, Sample Sample, double Lag, double Backwards)
    {
        public AlarmConfiguration? Configuration { get; init; }

        public ListEdit? Edit { get; init; }

        public object At(double now, AlarmConfiguration list, int place)
        {
            var at = PlantRig.At(now);
            if (Configuration is not null || Edit is not null)
            {
                return new Reloaded(at, list);
            }

            return Input switch
            {
                // no epoch begins twice
                EpochStarted started => started with { At = at, Epoch = Guid.Parse($"01980000-0000-7000-8001-{place:x12}") },
                // its clock is given as what it shows more than plant time
                GatewayStarted started => started with { At = at, WallClock = new(at.Ticks + started.WallClock.Ticks) },
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
