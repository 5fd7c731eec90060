using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>A value step that goes on over time: a ramp or a toggle. Times are script time, in ticks.</summary>
internal sealed class ScriptMotion
{
    private readonly RampStep? _ramp;
    private readonly ToggleStep? _toggle;
    private long _count;

    internal ScriptMotion(RampStep ramp) => (_ramp, NextTicks) = (ramp, ramp.At.Ticks);

    internal ScriptMotion(ToggleStep toggle) => (_toggle, NextTicks) = (toggle, toggle.At.Ticks);

    /// <summary>When the next value is due; <see cref="long.MaxValue"/> once there is none.</summary>
    internal long NextTicks { get; private set; }

    /// <summary>The value that is due at <see cref="NextTicks"/>; moves on to the one behind it.</summary>
    internal double Take() => _ramp is not null ? TakeRamp(_ramp) : TakeToggle(_toggle!);

    private double TakeRamp(RampStep ramp)
    {
        var done = NextTicks - ramp.At.Ticks;
        var whole = ramp.Until.Ticks - ramp.At.Ticks;
        var value = done == whole ? ramp.Last : ramp.First + ((ramp.Last - ramp.First) * done / whole);
        _count++;
        NextTicks = done == whole ? long.MaxValue : Math.Min(ramp.Until.Ticks, ramp.At.Ticks + (_count * ramp.Every.Ticks));
        return value;
    }

    private double TakeToggle(ToggleStep toggle)
    {
        var half = _count++ % 2 == 0 ? toggle.First : toggle.Second;
        NextTicks += half.For.Ticks;
        return half.Value;
    }
}
