using CsCheck;
using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Kpis;

/// <summary>Logs for figures: drawn freely, or what the engine told in a story.</summary>
internal static class KpiLogs
{
    private static readonly string[] Sources = ["PLC1", "PLC2"];

    /// <summary>Alarms that come, go, are answered and suppressed in every order that can be, over minutes or weeks, with floods, restarts and lost sources among them.</summary>
    public static Gen<KpiLog> Any { get; } =
        from pace in Gen.OneOf(1.0, 20, 600, 7_000, 90_000)
        from busy in Gen.OneOf(false, false, true)
        from draws in Gen.Select(Gen.Int[0, 23], Gen.Int[0, 15], Gen.Int[0, 100], Gen.Bool).Array[0, 120]
        // in a busy plant most of what happens are alarms that come and go
        select Tell(pace, busy ? [.. draws.Select(draw => draw.Item3 % 4 == 0 ? draw : (8, draw.Item2, draw.Item3, draw.Item4))] : draws);

    /// <summary>What the engine told in a story, with a sign of life at each tick.</summary>
    public static KpiLog Of(PlantStory story)
    {
        var run = new StoryRun(story.Configuration);
        var steps = new List<object>();
        foreach (var step in story.Steps)
        {
            var before = run.Engine.Configuration;
            var known = run.Events.Count;
            _ = run.Step(step);
            if (step is Tick tick)
            {
                steps.Add(tick.At);
            }

            // what a reload withdraws still has the indexes of the old list
            steps.AddRange(run.Events.Skip(known).Select(e => (object)Of(e, e.Kind == EventKind.Withdrawn ? before : run.Engine.Configuration)));
        }

        return new(Sources, steps);
    }

    public static KpiEvent Of(AlarmEvent e, AlarmConfiguration configuration) => new()
    {
        Kind = e.Kind,
        At = e.At,
        ConditionTime = e.ConditionTime,
        Cause = e.Cause,
        Alarm = e.Alarm < 0 ? null : configuration.Alarms[e.Alarm].Id,
        Priority = e.Alarm < 0 ? default : configuration.Alarms[e.Alarm].LevelAt(e.Level)?.Priority ?? configuration.Alarms[e.Alarm].Priority,
        State = e.State,
        Suppression = e.Suppression,
        Flags = e.Flags,
        Source = e.Source >= 0 && e.Tag < 0 && e.Alarm < 0 ? configuration.Sources[e.Source].Name : null,
        By = e.By,
        Since = e.Interval?.Start ?? PlantTime.Zero,
    };

    private static KpiLog Tell(double pace, (int What, int Alarm, int Wait, bool Flag)[] draws)
    {
        var steps = new List<object> { Event(EventKind.GatewayStarted, PlantRig.At(0)) };
        steps.AddRange(Sources.Select(source => (object)(Event(EventKind.ArmedRestored, PlantRig.At(0)) with { Source = source })));
        var cells = Enumerable.Range(0, 16).Select(index => new Cell($"A{index}", (AlarmPriority)(index % 5))).ToArray();
        var seconds = 0.0;
        PlantTime flood = default;
        foreach (var (what, alarm, wait, flag) in draws)
        {
            seconds += what == 0 ? wait * pace : wait * pace / 100;
            var at = PlantRig.At(seconds);
            var cell = cells[alarm];
            switch (what)
            {
                case 0 or 1:
                    steps.Add(at);
                    break;
                case 2:
                    steps.Add(Event(flag ? EventKind.ArmedRestored : EventKind.ArmedLost, at) with { Source = Sources[alarm % 2] });
                    break;
                case 3 when flag:
                    steps.Add(Event(EventKind.GatewayStarted, at));
                    break;
                case 4 when flood == default && steps.OfType<KpiEvent>().Where(CountedAgain.IsCounted).TakeLast(11).ToList() is [var before, var first, ..] and { Count: 11 } && before.At < first.At:
                    flood = first.At;
                    steps.Add(Event(EventKind.FloodBegan, at) with { Since = flood });
                    break;
                case 4 when flood != default:
                    steps.Add(Event(EventKind.FloodEnded, at) with { Since = flood });
                    flood = default;
                    break;
                default:
                    cell.Act(what, flag, wait, at, steps);
                    break;
            }
        }

        return new(Sources, steps);
    }

    private static KpiEvent Event(EventKind kind, PlantTime at) => new() { Kind = kind, At = at, ConditionTime = at, Cause = EventCause.System };

    private sealed class Cell(string id, AlarmPriority priority)
    {
        private LifecycleState _state;
        private SuppressionStates _suppression;
        private PlantTime _since;

        public void Act(int what, bool flag, int wait, PlantTime at, List<object> steps)
        {
            var isActive = _state is LifecycleState.Unacknowledged or LifecycleState.Acknowledged;
            switch (what)
            {
                case < 12 when !isActive:
                    _state = flag && id == "A6" ? LifecycleState.Acknowledged : LifecycleState.Unacknowledged;
                    Tell(EventKind.Activated, at, steps, flags: wait == 7 ? EventFlags.ActiveAtStart : wait < 30 ? EventFlags.AcrossGap : EventFlags.None);
                    break;
                case < 12 when flag || _state == LifecycleState.Acknowledged:
                    _state = _state == LifecycleState.Acknowledged ? LifecycleState.Normal : LifecycleState.ReturnedUnacknowledged;
                    Tell(EventKind.Returned, at, steps, flags: wait < 40 ? EventFlags.Fleeting : EventFlags.None);
                    break;
                case < 16 when _state is LifecycleState.Unacknowledged or LifecycleState.ReturnedUnacknowledged && _suppression == SuppressionStates.None:
                    _state = isActive ? LifecycleState.Acknowledged : LifecycleState.Normal;
                    Tell(EventKind.Acknowledged, at, steps, EventCause.Operator, by: flag ? "operator1" : null);
                    break;
                case 16 when isActive && _suppression == SuppressionStates.None:
                    _state = LifecycleState.Unacknowledged;
                    Tell(EventKind.ReAlarmed, at, steps);
                    break;
                case 17:
                    _since = _suppression.HasFlag(SuppressionStates.Shelved) ? _since : at;
                    _suppression |= SuppressionStates.Shelved;
                    Tell(EventKind.Shelved, at, steps, EventCause.Operator, since: _since);
                    break;
                case 18 or 19 when _suppression.HasFlag(SuppressionStates.Shelved):
                    _suppression &= ~SuppressionStates.Shelved;
                    Tell(EventKind.Unshelved, at, steps, wait < 30 ? EventCause.System : wait < 60 ? EventCause.Operator : EventCause.Process);
                    break;
                case 20:
                    _suppression ^= SuppressionStates.SuppressedByDesign;
                    Tell(_suppression.HasFlag(SuppressionStates.SuppressedByDesign) ? EventKind.Suppressed : EventKind.Unsuppressed, at, steps);
                    break;
                case 21:
                    _suppression ^= SuppressionStates.OutOfService;
                    Tell(_suppression.HasFlag(SuppressionStates.OutOfService) ? EventKind.RemovedFromService : EventKind.ReturnedToService, at, steps, EventCause.Operator, since: at);
                    break;
                case 22 when isActive:
                    Tell(flag ? EventKind.ChatteringBegan : EventKind.ChatteringEnded, at, steps);
                    break;
                case 23:
                    Tell(EventKind.Statement, at, steps);
                    break;
            }
        }

        private void Tell(EventKind kind, PlantTime at, List<object> steps, EventCause cause = EventCause.System, EventFlags flags = default, string? by = null, PlantTime since = default) => steps.Add(
            new KpiEvent
            {
                Kind = kind,
                At = at,
                // some come late: their time in the plant is before that of their annunciation
                ConditionTime = flags.HasFlag(EventFlags.AcrossGap) ? new(at.Ticks - TimeSpan.TicksPerSecond) : at,
                Cause = cause,
                Alarm = id,
                Priority = priority,
                State = _state,
                Suppression = _suppression,
                Flags = flags,
                By = by,
                Since = since,
            });
    }
}
