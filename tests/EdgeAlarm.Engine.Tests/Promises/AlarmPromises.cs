using EdgeAlarm.Engine.Tests.Properties;

namespace EdgeAlarm.Engine.Tests.Promises;

/// <summary>
/// What no alarm list may ever break, watched from outside over any run: by the inputs that went in, the events that came out and what the engine shows, and by nothing that
/// the engine says of itself. Each broken promise has its name in the message.
/// </summary>
internal sealed class AlarmPromises(AlarmConfiguration configuration)
{
    private static readonly LifecycleState[] Open = [LifecycleState.Unacknowledged, LifecycleState.ReturnedUnacknowledged, LifecycleState.LatchedUnacknowledged];

    private readonly PlantFacts _facts = new(configuration);
    private AlarmConfiguration _configuration = configuration;
    private readonly Dictionary<string, AlarmEvent> _activated = new(StringComparer.Ordinal);
    private Dictionary<string, AlarmState> _before = new(StringComparer.Ordinal);

    /// <summary>Looks after one step.</summary>
    /// <param name="step">What went in.</param>
    /// <param name="engine">The engine after it.</param>
    /// <param name="told">The events of it.</param>
    /// <param name="stepped">For a step of the wall clock: the engine before it, restored.</param>
    public void Look(object step, AlarmEngine engine, IReadOnlyList<AlarmEvent> told, AlarmEngine? stepped)
    {
        var next = engine.Configuration;
        _facts.Take(step, next);
        NoEventWithoutACause(step, told);
        foreach (var e in told.Where(e => e.Kind is EventKind.Activated or EventKind.Worsened))
        {
            _activated[next.Alarms[e.Alarm].Id] = e;
        }

        for (var alarm = 0; alarm < next.Alarms.Length; alarm++)
        {
            var definition = next.Alarms[alarm];
            NeverAbnormalArmedAndSilent(definition, alarm, engine);
            WhatStandsAndIsNotHiddenWasAnnunciated(definition.Id, engine.AlarmState(alarm));
            NeverNormalWithoutAWordWhileItCannotFire(definition, alarm, engine);
            if (_before.TryGetValue(definition.Id, out var before) && IsSame(definition))
            {
                AnUnacknowledgedOccurrenceNeverVanishes(step, definition.Id, before, engine.AlarmState(alarm), EventsOf(definition.Id, told, next));
                NothingThatStandsIsLostByAReload(step, definition.Id, before, engine.AlarmState(alarm), EventsOf(definition.Id, told, next));
            }
        }

        foreach (var (id, before) in _before.Where(pair => pair.Value.Lifecycle != LifecycleState.Normal && next.Alarms.All(alarm => alarm.Id != pair.Key || !IsSame(alarm))))
        {
            Hold(EventsOf(id, told, _configuration).Any(e => e.Kind == EventKind.Withdrawn), $"a standing occurrence was lost by a reload: {id} was {before.Lifecycle} and is gone without an event");
        }

        if (stepped is not null && step is ClockStepped clock)
        {
            AClockStepMakesNothingLater(stepped, clock);
        }

        _configuration = next;
        _before = next.Alarms.Select((alarm, index) => (alarm.Id, State: engine.AlarmState(index))).ToDictionary(pair => pair.Id, pair => pair.State, StringComparer.Ordinal);
    }

    /// <summary>All disturbances are over: every alarm can fire again, and one whose value is abnormal long enough does; without a start of the gateway, and after one.</summary>
    public static void Rearmed(StoryRun run)
    {
        Rearmed(run, isRestart: false);
        Rearmed(run, isRestart: true);
    }

    private static void Rearmed(StoryRun run, bool isRestart)
    {
        var now = run.Engine.Now;
        foreach (var step in Recovery.Steps(run.Engine, isRestart))
        {
            _ = run.Step(step);
        }

        for (var alarm = 0; alarm < run.Engine.Configuration.Alarms.Length; alarm++)
        {
            var (definition, armed) = (run.Engine.Configuration.Alarms[alarm], run.Engine.Armed(alarm));
            var mayHaveNone = Recovery.Values(definition) is null;
            Hold(
                armed.Reason is ArmedReason.None or ArmedReason.SuppressedByDesign || (mayHaveNone && armed.Reason == ArmedReason.Undefined) || (armed.Reason == ArmedReason.EngineFault && !isRestart),
                $"an alarm was not armed again once its disturbances were over: {definition.Id} since {PlantRig.Seconds(now)}: {armed.Text}");
        }

        for (var alarm = 0; alarm < run.Engine.Configuration.Alarms.Length; alarm++)
        {
            if (Recovery.Values(run.Engine.Configuration.Alarms[alarm]) is { } values)
            {
                ComesAndGoes(run, alarm, values);
            }
        }
    }

    /// <summary>Neither an alarm nor the end of an inhibition comes later when the wall clock is set, to wherever.</summary>
    /// <param name="before">The engine before the step; it is not changed.</param>
    /// <param name="clock">The step.</param>
    public static void AClockStepMakesNothingLater(AlarmEngine before, ClockStepped clock)
    {
        var bytes = PlantRig.Snapshot(before);
        var unset = Ends(AlarmEngine.Restore(before.Configuration, bytes), []);
        var set = Ends(AlarmEngine.Restore(before.Configuration, bytes), [clock]);
        foreach (var (what, when) in unset)
        {
            Hold(set.TryGetValue(what, out var then) && then <= when, $"a clock step made something later: {what} at {when}, after the step {(set.TryGetValue(what, out then) ? then : "never")}");
        }
    }

    // it returns, and it is told when it comes: that it stood from before would prove nothing
    private static void ComesAndGoes(StoryRun run, int alarm, (double Normal, double Abnormal) values)
    {
        var definition = run.Engine.Configuration.Alarms[alarm];
        foreach (var (value, comes) in ((double, bool)[])[(values.Normal, false), (values.Abnormal, true)])
        {
            var known = run.Events.Count;
            foreach (var step in Recovery.Steps(run.Engine, definition, value))
            {
                _ = run.Step(step);
            }

            var state = run.Engine.AlarmState(alarm);
            var isTold = run.Events.Skip(known).Any(e => e.Kind == EventKind.Activated && e.Alarm == alarm && (state.Suppression != SuppressionStates.None || e.Suppression == SuppressionStates.None));
            Hold(state.Condition == comes && (isTold || !comes), $"an alarm did not {(comes ? "fire" : "return")} once its disturbances were over: {definition.Id} is {state}");
        }
    }

    // with levels where it had none, or without, an alarm is another: withdrawn and added
    private bool IsSame(AlarmDefinition now) =>
        Array.Find([.. _configuration.Alarms], alarm => alarm.Id == now.Id) is { } old && (old.Type == ConditionType.Limits) == (now.Type == ConditionType.Limits);

    private static void Hold(bool holds, string promise)
    {
        if (!holds)
        {
            throw new PromiseBroken(promise);
        }
    }

    private static List<AlarmEvent> EventsOf(string id, IReadOnlyList<AlarmEvent> told, AlarmConfiguration configuration) =>
        [.. told.Where(e => e.Alarm >= 0 && e.Alarm < configuration.Alarms.Length && configuration.Alarms[e.Alarm].Id == id)];

    private static void AnUnacknowledgedOccurrenceNeverVanishes(object step, string id, AlarmState before, AlarmState after, List<AlarmEvent> told)
    {
        if (Open.Contains(before.Lifecycle) && !Open.Contains(after.Lifecycle))
        {
            // -1 stands for the occurrence that the screen shows
            var isMeant = step is AcknowledgeCommand command && command.Alarm == id && (command.Occurrence.Seq == -1 || command.Occurrence == before.Occurrence);
            Hold(
                isMeant && told.Exists(e => e is { Kind: EventKind.Acknowledged, Cause: EventCause.Operator, By: not null }),
                $"an unacknowledged occurrence vanished: {id} went from {before.Lifecycle} to {after.Lifecycle} and nobody acknowledged");
        }
    }

    private static void NothingThatStandsIsLostByAReload(object step, string id, AlarmState before, AlarmState after, List<AlarmEvent> told)
    {
        if (step is Reloaded && before.Lifecycle != LifecycleState.Normal && before.Occurrence != after.Occurrence)
        {
            Hold(told.Exists(e => e.Kind is EventKind.Activated or EventKind.Worsened && e.Occurrence == after.Occurrence), $"a standing occurrence was lost by a reload: {id} has another occurrence and no event says so");
        }

        if (step is Reloaded && before.Condition && !after.Condition)
        {
            Hold(told.Exists(e => e.Kind == EventKind.Returned), $"a standing occurrence was lost by a reload: {id} returned without an event");
        }
    }

    private static void NoEventWithoutACause(object step, IReadOnlyList<AlarmEvent> told)
    {
        foreach (var e in told)
        {
            Hold(e.Cause != EventCause.Operator || step is OperatorCommand, $"an event has no cause: {e.Kind} is an operator's, and no operator did anything");
            Hold((e.Cause == EventCause.Operator) == (e.By is not null) || e.Kind == EventKind.Activated, $"an event has no cause: {e.Kind} by {e.By ?? "nobody"}");
            Hold(
                e.Kind is not (EventKind.Activated or EventKind.Returned) || e.Cause != EventCause.Process || step is Sample or Tick or SourceUp or Reloaded,
                $"an event has no cause: {e.Kind} is the plant's, and came with {step.GetType().Name}");
        }
    }

    // when each alarm comes, and when its inhibitions end, if nothing happens but time
    private static Dictionary<string, double> Ends(AlarmEngine engine, Input[] first)
    {
        var ends = new Dictionary<string, double>(StringComparer.Ordinal);
        var told = new List<AlarmEvent>();
        foreach (var input in first)
        {
            _ = engine.Step(input, told);
        }

        // beyond the longest inhibition of any list; alarms that stand are annunciated again and again meanwhile
        var horizon = engine.Now + TimeSpan.FromHours(2);
        while (engine.NextDeadline <= horizon)
        {
            _ = engine.Step(new Tick(PlantTime.Max(engine.NextDeadline, engine.Now)), told);
        }

        foreach (var e in told.Where(e => e.Kind is EventKind.Unshelved or EventKind.ReturnedToService or EventKind.Activated))
        {
            _ = ends.TryAdd($"{engine.Configuration.Alarms[e.Alarm].Id} {e.Kind}", PlantRig.Seconds(e.At));
        }

        return ends;
    }

    // a condition that is known to the engine alone is silent
    private void WhatStandsAndIsNotHiddenWasAnnunciated(string id, AlarmState state)
    {
        if (state is { Condition: true, Suppression: SuppressionStates.None })
        {
            Hold(
                _activated.TryGetValue(id, out var last) && last.Occurrence == state.Occurrence && last.Suppression == SuppressionStates.None,
                $"an alarm is abnormal, armed and silent: {id} stands, nothing hides it, and no event of its occurrence {state.Occurrence} annunciated it");
        }
    }

    private void NeverAbnormalArmedAndSilent(AlarmDefinition definition, int alarm, AlarmEngine engine)
    {
        var isEvaluated = engine.Armed(alarm).Reason is ArmedReason.None or ArmedReason.Unrecorded or ArmedReason.Shelved or ArmedReason.SuppressedByDesign or ArmedReason.OutOfService;
        if (isEvaluated && _facts.AbnormalSince(definition) is { } since && engine.Now - since >= Recovery.OnDelay(definition) && engine.NextDeadline > engine.Now)
        {
            Hold(engine.AlarmState(alarm).Condition, $"an alarm is abnormal, armed and silent: {definition.Id} since {PlantRig.Seconds(since)}, on-delay {Recovery.OnDelay(definition)}, now {PlantRig.Seconds(engine.Now)}");
        }
    }

    private void NeverNormalWithoutAWordWhileItCannotFire(AlarmDefinition definition, int alarm, AlarmEngine engine)
    {
        var armed = engine.Armed(alarm);
        Hold(armed.IsArmed || !string.IsNullOrWhiteSpace(armed.Text), $"an alarm is not armed and has no reason: {definition.Id} is {armed.Reason}");
        var isHidden = engine.AlarmState(alarm).Suppression != SuppressionStates.None;
        Hold(!armed.IsArmed || (!isHidden && _facts.CanFire(definition)), $"an alarm that could not fire says that it is armed: {definition.Id}, {definition.Type} of tag {definition.Tag}, {_facts.Words(definition)}");
    }
}
