using System.Buffers;

namespace EdgeAlarm.Engine.Tests;

/// <summary>A small plant for tests: seconds since noon instead of ticks, and events as short lines. The source's clock is synchronised, with an offset of nought.</summary>
internal sealed class PlantRig
{
    public static readonly Guid Epoch = Guid.Parse("01980000-0000-7000-8000-000000000001");
    public const uint BadSensorFailure = 0x808C_0000;
    public const uint UncertainLastUsableValue = 0x4090_0000;
    public const uint GoodOverload = 0x002F_0000;

    private static readonly long Noon = new DateTime(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc).Ticks;
    private int _taken;
    private string _told = "";

    public PlantRig(AlarmConfiguration configuration, bool connected = true)
    {
        Engine = new AlarmEngine(configuration);
        Step(new EpochStarted(At(0), Epoch, null, 0, "first start"));
        Step(new GatewayStarted(At(0), new UtcTime(At(0).Ticks), WallClockWentBack: false));
        if (connected)
        {
            for (var source = 0; source < configuration.Sources.Length; source++)
            {
                Connect(0, source);
            }
        }

        _taken = Events.Count;
    }

    public AlarmEngine Engine { get; private set; }

    public List<AlarmEvent> Events { get; } = [];

    public CommandOutcome Outcome { get; private set; }

    /// <summary>What the events since the last call say.</summary>
    public string Told()
    {
        var lines = Events.Skip(_taken).Select(Line).Prepend(_told).Where(line => line.Length > 0);
        _taken = Events.Count;
        _told = "";
        return string.Join("; ", lines.ToList());
    }

    public static PlantTime At(double seconds) => new(Noon + (long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    public static Sample SampleOf(int tag, TagValue value, double received, double? source, uint quality = 0) => new(
        tag,
        value,
        new Quality(quality),
        source is { } s ? new UtcTime(At(s).Ticks) : UtcTime.Missing,
        UtcTime.Missing,
        new UtcTime(At(received).Ticks),
        At(received));

    /// <summary>Everything that a fresh connection brings before the first sample.</summary>
    public PlantRig Connect(double at, int source = 0, SourceRecovery how = SourceRecovery.Connected)
    {
        Step(new SourceClockMeasured(At(at), source, TimeSpan.Zero, Synchronised: true));
        for (var tag = 0; tag < Engine.Configuration.Tags.Length; tag++)
        {
            if (Engine.Configuration.Tags[tag].Source == source)
            {
                Step(new TagMonitored(At(at), tag, Quality.Good));
            }
        }

        return Step(new SourceUp(At(at), source, how));
    }

    public PlantRig Value(double at, double value, int tag = 0, double? source = null, uint quality = 0)
    {
        Engine.Step(SampleOf(tag, TagValue.From(value), at, source ?? at, quality), Events);
        return this;
    }

    public PlantRig Tick(double at) => Step(new Tick(At(at)));

    public PlantRig Acknowledge(double at, string alarm = "A0", OccurrenceId? occurrence = null)
    {
        var index = 0;
        while (index < Engine.Configuration.Alarms.Length - 1 && Engine.Configuration.Alarms[index].Id != alarm)
        {
            index++;
        }

        var seen = occurrence ?? Engine.AlarmState(index).Occurrence;
        return Step(new AcknowledgeCommand(At(at), Guid.Empty, alarm, seen, "operator1", ""));
    }

    public PlantRig Shelve(double at, double seconds, bool oneShot = false, string why = "calibration") =>
        Step(new ShelveCommand(At(at), Guid.Empty, "A0", TimeSpan.FromSeconds(seconds), oneShot, "operator1", why));

    public PlantRig Reset(double at) => Step(new ResetCommand(At(at), Guid.Empty, "A0", "operator1", ""));

    /// <summary>Another configuration takes effect, as the gateway's fold does it.</summary>
    public PlantRig Reload(double at, AlarmConfiguration configuration)
    {
        var next = Engine.Reconfigure(configuration, At(at), Events);
        // what was told so far has the names of the configuration so far
        _told = Told();
        Engine = next;
        return Step(new ConfigurationChanged(At(at), "other"));
    }

    public PlantRig Step(Input input)
    {
        Outcome = Engine.Step(input, Events);
        return this;
    }

    public PlantRig Step(in Sample sample)
    {
        Engine.Step(in sample, Events);
        return this;
    }

    /// <summary>Goes on with an engine made from the snapshot of the present one.</summary>
    public PlantRig Restore()
    {
        Engine = AlarmEngine.Restore(Engine.Configuration, Snapshot(Engine));
        return this;
    }

    public static byte[] Snapshot(AlarmEngine engine)
    {
        var buffer = new ArrayBufferWriter<byte>();
        engine.WriteSnapshot(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static double Seconds(PlantTime time) => (time.Ticks - Noon) / (double)TimeSpan.TicksPerSecond;

    public string Line(AlarmEvent e)
    {
        var who = e.Alarm >= 0 ? Engine.Configuration.Alarms[e.Alarm].Id
            : e.Tag >= 0 ? Engine.Configuration.Tags[e.Tag].Name
            : e.Source >= 0 ? Engine.Configuration.Sources[e.Source].Name
            : e.Name ?? "-";
        var flags = e.Flags == EventFlags.None ? "" : $" [{e.Flags}]";
        var state = e.Alarm >= 0 ? $" {e.State}" : "";
        var reason = e.Reason is { } words ? $" ({words})" : "";
        var hidden = e.Suppression == SuppressionStates.None ? "" : $" {{{e.Suppression}}}";
        return $"{Seconds(e.ConditionTime)} {who} {e.Kind}{state}{hidden}{flags}{reason}";
    }
}
