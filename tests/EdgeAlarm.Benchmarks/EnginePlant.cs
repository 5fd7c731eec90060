using EdgeAlarm.Engine;

namespace EdgeAlarm.Benchmarks;

/// <summary>
/// A plant for the engine benchmark: two alarms a tag, of each twenty fifteen limits, a state, a set, a bit, and one each of limit held by a tag, expression, rate and flat
/// line (which of them the index says); and the same conditions written out by hand over bare arrays.
/// </summary>
/// <param name="tagCount">How many tags; a multiple of 10.</param>
internal sealed class EnginePlant(int tagCount)
{
    private const int AlarmsPerTag = 2;
    private const int Mix = 20;
    private const double High = 90;
    private const double Low = 10;
    private const double Deadband = 2;

    private static readonly PlantTime Start = new(new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc).Ticks);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>How many conditions one sample of each tag makes the engine evaluate.</summary>
    public long EvaluationsPerRound { get; } = (tagCount * AlarmsPerTag) + (tagCount * AlarmsPerTag / Mix * 2);

    /// <summary>The tags.</summary>
    public int TagCount => tagCount;

    /// <summary>The alarms.</summary>
    public int AlarmCount => tagCount * AlarmsPerTag;

    /// <summary>The configuration.</summary>
    public AlarmConfiguration Configuration { get; } = new(
        [new SourceDefinition("PLC1")],
        [.. Enumerable.Range(0, tagCount).Select(tag => new TagDefinition($"T{tag}", 0, "%"))],
        [.. Enumerable.Range(0, tagCount * AlarmsPerTag).Select(index => Alarm(index, tagCount))]);

    /// <summary>A wave within the limits; never the same twice.</summary>
    public static double Quiet(int round, int tag) => 20 + (((round * 7) + tag) % 60);

    /// <summary>The same, with one sample in a hundred above the limits.</summary>
    public static double Busy(int round, int tag) => (round + tag) % 200 == 0 || (round + tag) % 200 == 100 ? 95 : Quiet(round, tag);

    /// <summary>A sample of a tag in a round; rounds are 100 ms apart.</summary>
    public static Sample Make(int round, int tag, double value)
    {
        var time = Start + TimeSpan.FromMilliseconds(100 * (round + 1));
        var utc = new UtcTime(time.Ticks);
        return new Sample(tag, TagValue.From((long)value), Quality.Good, utc, utc, utc, time);
    }

    /// <summary>An engine that is connected and has a value of each tag.</summary>
    public AlarmEngine Connected() => Connected(Configuration);

    /// <summary>The same of a part of this plant.</summary>
    public static AlarmEngine Connected(AlarmConfiguration configuration)
    {
        var engine = new AlarmEngine(configuration);
        var events = new List<AlarmEvent>();
        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            engine.Step(new TagMonitored(Start, tag, Quality.Good), events);
        }

        engine.Step(new SourceClockMeasured(Start, 0, TimeSpan.Zero, Synchronised: true), events);
        engine.Step(new SourceUp(Start, 0, SourceRecovery.Connected), events);
        for (var tag = 0; tag < configuration.Tags.Length; tag++)
        {
            var sample = Make(0, tag, Quiet(0, tag));
            engine.Step(in sample, events);
        }

        return engine;
    }

    /// <summary>Folds some rounds by the engine.</summary>
    public void Fold(AlarmEngine engine, int rounds, Func<int, int, double> valueOf, List<AlarmEvent> events)
    {
        for (var round = 1; round <= rounds; round++)
        {
            for (var tag = 0; tag < tagCount; tag++)
            {
                var sample = Make(round, tag, valueOf(round, tag));
                engine.Step(in sample, events);
            }
        }
    }

    /// <summary>The same samples and conditions by hand: last values, a flag an alarm, and a value of a window ago; no times, delays, quality or events.</summary>
    public int ByHand(int rounds, Func<int, int, double> valueOf)
    {
        var last = new double[tagCount];
        var isOn = new bool[AlarmCount];
        var ago = new double[AlarmCount];
        var moved = new long[AlarmCount];
        var changes = 0;
        for (var round = 0; round <= rounds; round++)
        {
            for (var tag = 0; tag < tagCount; tag++)
            {
                var sample = Make(round, tag, valueOf(round, tag));
                var value = sample.Value.AsNumber();
                var next = last[(tag + 1) % tagCount];
                var before = last[tag];
                last[tag] = value;
                for (var alarm = tag * AlarmsPerTag; alarm < (tag + 1) * AlarmsPerTag; alarm++)
                {
                    moved[alarm] = value == before ? moved[alarm] : sample.PlantTime.Ticks;
                    ago[alarm] = round % 100 == 0 ? value : ago[alarm];
                    var was = isOn[alarm];
                    var isAbnormal = (alarm % Mix) switch
                    {
                        13 => value == 95,
                        14 => value is 95 or 97 or 99,
                        15 => (sample.Value.Bits & 0x80) != 0,
                        16 => value >= next + 85 - (was ? Deadband : 0),
                        17 => value > High && next > Low,
                        18 => value - ago[alarm] >= 75,
                        19 => sample.PlantTime.Ticks - moved[alarm] >= Window.Ticks,
                        _ when alarm % 2 == 0 => value >= (was ? High - Deadband : High),
                        _ => value <= (was ? Low + Deadband : Low),
                    };
                    changes += isAbnormal != was ? 1 : 0;
                    isOn[alarm] = isAbnormal;
                }
            }
        }

        return changes;
    }

    private static AlarmDefinition Alarm(int index, int tagCount)
    {
        var tag = index / AlarmsPerTag;
        var next = (tag + 1) % tagCount;
        return (index % Mix) switch
        {
            13 => Alarm(index, tag, ConditionType.Equal, 95, 0),
            14 => Alarm(index, tag, ConditionType.InSet, 0, 0) with { Set = new([95, 97, 99]) },
            15 => Alarm(index, tag, ConditionType.Bit, 7, 0) with { Bits = new(0x80, 0x80, Differs: false) },
            16 => Alarm(index, tag, ConditionType.Hi, 85, Deadband) with { SetpointTag = next },
            17 => Alarm(index, tag, ConditionType.Expression, 0, 0) with
            {
                Expression = new(
                    [
                        new(ExpressionOperator.Tag), new(ExpressionOperator.Number, High), new(ExpressionOperator.Greater),
                        new(ExpressionOperator.Tag, Operand: 1), new(ExpressionOperator.Number, Low), new(ExpressionOperator.Greater), new(ExpressionOperator.And),
                    ],
                    [tag, next]),
            },
            18 => Alarm(index, tag, ConditionType.RateUp, 75, 0) with { Window = Window },
            19 => Alarm(index, tag, ConditionType.Flatline, 0, 0) with { Window = Window },
            _ when index % 2 == 0 => Alarm(index, tag, ConditionType.Hi, High, Deadband),
            _ => Alarm(index, tag, ConditionType.Lo, Low, Deadband),
        };
    }

    private static AlarmDefinition Alarm(int index, int tag, ConditionType type, double setpoint, double deadband) => new(
        $"A{index}",
        tag,
        "Area 1",
        "Level",
        type,
        setpoint,
        deadband,
        OnDelay: TimeSpan.Zero,
        OffDelay: TimeSpan.Zero,
        BadQualityPolicy.Hold,
        AlarmPriority.High,
        "process",
        AckRequired: true);
}
