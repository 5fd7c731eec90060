namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// A small tank farm: a delivery fills T-101 through the inlet valve XV-101, the pump P-101 moves it on to T-102, consumers empty T-102.
/// Levels integrate flows; the delivery and the consumers follow the levels a little, so that both tanks rest in the middle unless
/// somebody interferes. What the pump and the valve read decides the flows, so a scripted stop of the pump fills T-101 for real.
/// </summary>
internal sealed class TankFarm
{
    /// <summary>Time between two steps of the process.</summary>
    internal const long StepTicks = 250 * TimeSpan.TicksPerMillisecond;

    // a tank of 20 m3: one m3/h more in than out moves the level by this much in a step
    private const double PercentPerCubicMetreHour = 100.0 / 20.0 / 3600.0 * (StepTicks / (double)TimeSpan.TicksPerSecond);
    private const double NominalFlow = 42;

    private readonly TagCell _level1;
    private readonly TagCell _level2;
    private readonly TagCell _pump;
    private readonly TagCell _valve;
    private readonly TagCell _flow;
    private readonly TagCell _temperature;
    private double _volume1 = 55;
    private double _volume2 = 48;
    private double _heat = 58;
    private long _step;

    internal TankFarm(IReadOnlyDictionary<string, TagCell> cells)
    {
        _level1 = cells["LT101"];
        _level2 = cells["LT102"];
        _pump = cells["P101_RUN"];
        _valve = cells["XV101_OPEN"];
        _flow = cells["FT101"];
        _temperature = cells["TT101"];
    }

    internal static IReadOnlyList<PlantTag> Tags { get; } =
    [
        new("LT101", "Level of tank T-101", "%", 0, 100, PlantValueKind.Double, 55),
        new("LT102", "Level of tank T-102", "%", 0, 100, PlantValueKind.Double, 48),
        new("P101_RUN", "Transfer pump P-101 is running", string.Empty, 0, 1, PlantValueKind.Boolean, 1),
        new("XV101_OPEN", "Inlet valve XV-101 is open", string.Empty, 0, 1, PlantValueKind.Boolean, 1),
        new("FT101", "Flow through P-101", "m3/h", 0, 120, PlantValueKind.Double, NominalFlow),
        new("TT101", "Temperature of tank T-101", "degC", -20, 150, PlantValueKind.Double, 58),
    ];

    internal void Step(long now)
    {
        _step++;
        var ripple = Math.Sin(_step * 0.07);
        var delivered = _valve.Value == 0 ? 0 : NominalFlow + ((55 - _volume1) * 0.8) + (2 * ripple);
        var pumped = _pump.Value == 0 || _volume1 <= 0.5 ? 0 : NominalFlow + ripple;
        var consumed = _volume2 <= 0.5 ? 0 : NominalFlow + ((_volume2 - 48) * 0.8);

        _volume1 = Math.Clamp(_volume1 + ((delivered - pumped) * PercentPerCubicMetreHour), 0, 100);
        _volume2 = Math.Clamp(_volume2 + ((pumped - consumed) * PercentPerCubicMetreHour), 0, 100);
        _heat += (((delivered > 0 ? 58 : 46) - _heat) * 0.002) + (0.02 * ripple);

        _level1.SetProcess(Math.Round(_volume1, 2), now);
        _level2.SetProcess(Math.Round(_volume2, 2), now);
        _pump.SetProcess(1, now);
        _valve.SetProcess(1, now);
        _flow.SetProcess(Math.Round(pumped, 1), now);
        _temperature.SetProcess(Math.Round(_heat, 1), now);
    }
}
