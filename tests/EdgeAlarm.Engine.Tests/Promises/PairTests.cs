using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>
/// What one thing does to another: each disturbance with each other, in both orders, one inside the other and one across the other, begun at each moment of an alarm's life and
/// for alarms of several kinds and of each kind of handling; against the naive model and the promises. The field's worst scenarios were such pairs that nobody had thought of.
/// </summary>
[Trait("Field", "F-33")]
[Trait("Field", "F-34")]
public class PairTests
{
    private const double Normal = 50;
    private const double Abnormal = 95;
    private const double Between = 88;

    private static readonly Expression PumpStands = new(
        [new ExpressionStep(ExpressionOperator.Tag), new ExpressionStep(ExpressionOperator.Number, 50), new ExpressionStep(ExpressionOperator.Less)], [1]);

    // how long the alarm has been abnormal when the first disturbance begins: not, in its delay, at its very end, standing, acknowledged, returned
    private static readonly (string Name, (double At, object What)[] Steps)[] Moments =
    [
        ("while normal", []),
        ("during its delay", [(15, Abnormal)]),
        ("as its delay ends", [(10, Abnormal)]),
        ("while it stands", [(2, Abnormal)]),
        ("while it stands acknowledged", [(2, Abnormal), (14, Acknowledge())]),
        ("after its return", [(2, Abnormal), (16, Normal)]),
    ];

    private static readonly (string Name, object[] Begin, object[] End)[] Disturbances =
    [
        ("delay", [Abnormal], [Normal]),
        ("deadband", [Abnormal], [Between]),
        ("suppression by design", [new Pump(0)], [new Pump(100)]),
        ("shelve", [new ShelveCommand(default, Guid.Empty, "A0", TimeSpan.FromSeconds(25), false, "operator1", "calibration")], [new UnshelveCommand(default, Guid.Empty, "A0", "operator1", "")]),
        ("out of service", [new RemoveFromServiceCommand(default, Guid.Empty, "A0", TimeSpan.FromSeconds(25), "fitter", "permit", "leader")], [new ReturnToServiceCommand(default, Guid.Empty, "A0", "fitter", "proved")]),
        ("acknowledge", [Acknowledge()], [Acknowledge()]),
        ("latch", [Normal], [new ResetCommand(default, Guid.Empty, "A0", "operator1", "")]),
        ("restart", [new Restarted(), new GatewayStarted(default, default, false), .. Connection(SourceRecovery.Connected)], [Abnormal]),
        ("reload", [new Reload(80)], [new Reload(90)]),
        ("quality loss", [new Bad()], [Abnormal]),
        ("reconnect burst", [new SourceDown(default, 0, "cable")], [.. Connection(SourceRecovery.Republished), new Late(Abnormal, 12), new Late(Normal, 6), new Late(Abnormal, 3)]),
        ("clock step", [new ClockStepped(default, TimeSpan.FromSeconds(20))], [new ClockStepped(default, TimeSpan.FromHours(-1))]),
    ];

    private static readonly (string Name, Func<double, AlarmDefinition> Of)[] Kinds =
    [
        ("a limit that bad quality raises and nobody acknowledges", setpoint => Limit(setpoint) with { BadQuality = BadQualityPolicy.Alarm, AckRequired = false }),
        ("a limit that bad quality inhibits", setpoint => Limit(setpoint) with { BadQuality = BadQualityPolicy.Inhibit, IsExclusive = true }),
        ("the limit of another tag", setpoint => Limit(setpoint - 100) with { SetpointTag = 1 }),
        ("an expression", setpoint => Limit(setpoint) with { Type = ConditionType.Expression, Expression = AtLeast(setpoint) }),
        ("too long of a window", setpoint => Limit(4) with { Type = ConditionType.TimeAbnormal, Expression = AtLeast(setpoint), Window = TimeSpan.FromSeconds(16), OnDelay = TimeSpan.FromSeconds(2) }),
        ("too often in a window", setpoint => Limit(1) with { Type = ConditionType.CountInTime, Expression = AtLeast(setpoint), Window = TimeSpan.FromSeconds(12), OnDelay = TimeSpan.FromSeconds(2) }),
        ("a rate", setpoint => Limit(setpoint / 4) with { Type = ConditionType.RateUp, Window = TimeSpan.FromSeconds(8), OnDelay = TimeSpan.FromSeconds(1) }),
    ];

    private static readonly (string Kind, Func<double, AlarmDefinition> Of)[] Rows = AllRows();

    public static TheoryData<string> Names() => [.. Disturbances.Select(disturbance => disturbance.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_disturbances_in_any_order_lose_no_alarm_and_do_what_the_naive_model_does(string name) => Check(name, Rows.Where((_, index) => index % 3 == 0));

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Names))]
    public void Two_disturbances_do_so_for_every_kind_of_alarm_and_of_handling(string name) => Check(name, Rows);

    private static void Check(string name, IEnumerable<(string Kind, Func<double, AlarmDefinition> Of)> rows)
    {
        var first = Disturbances.Single(disturbance => disturbance.Name == name);
        foreach (var second in Disturbances)
        {
            foreach (var moment in Moments)
            {
                foreach (var (kind, row) in rows)
                {
                    foreach (var isNested in (bool[])[true, false])
                    {
                        Check($"{kind}: {first.Name}, then {second.Name} {(isNested ? "within it" : "across it")}, {moment.Name}", Tell(first, second, moment.Steps, row, isNested));
                    }
                }
            }
        }
    }

    // a plain limit with each handling, and each other kind of condition, policy and acknowledgement with one of them
    private static (string Kind, Func<double, AlarmDefinition> Of)[] AllRows()
    {
        var handlings = Handlings().ToArray();
        return
        [
            .. handlings.Select(handling => ("a limit", (Func<double, AlarmDefinition>)(setpoint => Limit(setpoint) with { Handling = handling }))),
            .. Kinds.Select((kind, index) => (kind.Name, (Func<double, AlarmDefinition>)(setpoint => kind.Of(setpoint) with { Handling = handlings[index % handlings.Length] }))),
        ];
    }

    private static IEnumerable<AlarmHandling> Handlings() =>
        from latch in (LatchMode[])[LatchMode.None, LatchMode.Manual, LatchMode.Timed]
        from reAlarm in (int[])[0, 8]
        select new AlarmHandling
        {
            Latch = latch,
            LatchFor = TimeSpan.FromSeconds(latch == LatchMode.Timed ? 9 : 0),
            ReAlarm = TimeSpan.FromSeconds(reAlarm),
            ShelveMax = TimeSpan.FromSeconds(40),
            OutOfServiceMax = TimeSpan.FromSeconds(40),
            SuppressionGroup = 0,
            FirstOutGroup = 0,
        };

    private static void Check(string pair, PlantStory story)
    {
        try
        {
            var naive = new NaiveModel(story.Configuration);
            var run = new StoryRun(story.Configuration);
            foreach (var step in story.Steps)
            {
                Assert.Equal(naive.Step(step), run.Step(step));
            }

            Assert.Equal(naive.Lines, run.Lines);
            _ = Watched.Run(story);
        }
        catch (Exception failure)
        {
            throw new PromiseBroken($"{pair}: {failure.Message}\n{story}");
        }
    }

    private static PlantStory Tell(
        (string Name, object[] Begin, object[] End) first, (string Name, object[] Begin, object[] End) second, (double At, object What)[] moment, Func<double, AlarmDefinition> row, bool isNested)
    {
        var steps = new List<object> { new EpochStarted(PlantRig.At(0), PlantRig.Epoch, null, 0, "first start"), new GatewayStarted(PlantRig.At(0), new(PlantRig.At(0).Ticks), false) };
        var latest = 0.0;
        void Do(double at, params object[] what)
        {
            // the pump ticks at least once a second
            for (var second = Math.Floor(latest) + 1; second <= at; second++)
            {
                steps.Add(new Tick(PlantRig.At(second)));
            }

            latest = at;
            steps.AddRange(what.Select(each => At(at, each, row)));
        }

        Do(0, [.. Connection(SourceRecovery.Connected), new Pump(100), Normal]);
        foreach (var (at, what) in moment)
        {
            Do(at, what);
        }

        Do(20, first.Begin);
        Do(23, second.Begin);
        Do(31, isNested ? second.End : first.End);
        Do(34, isNested ? first.End : second.End);
        Do(36, Abnormal);
        Do(70);
        return new(List(row(90)), steps);
    }

    private static object At(double seconds, object what, Func<double, AlarmDefinition> row)
    {
        var at = PlantRig.At(seconds);
        return what switch
        {
            double value => PlantRig.SampleOf(0, TagValue.From(value), seconds, seconds),
            Pump pump => PlantRig.SampleOf(1, TagValue.From(pump.Speed), seconds, seconds),
            Bad => PlantRig.SampleOf(0, TagValue.From(Normal), seconds, seconds, PlantRig.BadSensorFailure),
            Late late => PlantRig.SampleOf(0, TagValue.From(late.Value), seconds, seconds - late.Ago),
            GatewayStarted started => started with { At = at, WallClock = new(at.Ticks) },
            Reload reload => new Reloaded(at, List(row(reload.Setpoint))),
            Input input => input with { At = at },
            _ => what,
        };
    }

    private static AcknowledgeCommand Acknowledge() => new(default, Guid.Empty, "A0", new(PlantRig.Epoch, -1), "operator1", "seen");

    private static object[] Connection(SourceRecovery how) =>
    [
        new SourceClockMeasured(default, 0, TimeSpan.Zero, Synchronised: true), new TagMonitored(default, 0, Quality.Good), new TagMonitored(default, 1, Quality.Good),
        new SourceUp(default, 0, how),
    ];

    private static AlarmDefinition Limit(double setpoint) => Plants.Alarm(setpoint: setpoint, deadband: 5, onDelay: 10, offDelay: 2);

    private static Expression AtLeast(double setpoint) => new([new(ExpressionOperator.Tag), new(ExpressionOperator.Number, setpoint), new(ExpressionOperator.GreaterOrEqual)], [0]);

    private static AlarmConfiguration List(AlarmDefinition row) =>
        Plants.With(row, Plants.Alarm("P", tag: 1, setpoint: 1e5)) with
        {
            SuppressionGroups = [new("the pump stands", new SuppressionTrigger.Holds(PumpStands), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30))],
            FirstOutGroups = ["trip"],
        };

    private sealed record Pump(double Speed);

    private sealed record Reload(double Setpoint);

    private sealed record Bad;

    private sealed record Late(double Value, double Ago);
}
