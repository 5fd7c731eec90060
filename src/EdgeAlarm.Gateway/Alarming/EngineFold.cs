using System.Buffers;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Everything that recorded inputs change: the engine, its configuration, the ledger of the sources, the figures. The same for live, restart and replay, so that they cannot differ.
/// </summary>
internal sealed class EngineFold
{
    private static readonly string BuildVersion = typeof(EngineFold).Assembly.GetName().Version!.ToString();

    private readonly ConfigurationStore _configurations;
    private readonly List<AlarmEvent> _scratch = [];
    private EventEncoder _encoder;
    private bool _isUnrecorded;

    private EngineFold(ConfigurationStore configurations, NormalisedConfiguration configuration, AlarmEngine engine, SourceLedger sources, StandingConditions conditions, AlarmKpis kpis)
    {
        _configurations = configurations;
        Configuration = configuration;
        Engine = engine;
        Sources = sources;
        Conditions = conditions;
        Kpis = kpis;
        Kpis.Configure(NamesOf(configuration));
        _encoder = new(configuration);
    }

    public NormalisedConfiguration Configuration { get; private set; }

    public AlarmEngine Engine { get; private set; }

    public SourceLedger Sources { get; private set; }

    public StandingConditions Conditions { get; }

    /// <summary>The figures. They are made of events, and of ticks, by which it is known that the gateway ran.</summary>
    public AlarmKpis Kpis { get; }

    /// <summary>The events that came of the inputs, encoded; whoever folds takes them away.</summary>
    public List<StoredEvent> Derived { get; } = [];

    /// <summary>A fold that was told nothing.</summary>
    /// <param name="configurations">Where configurations are.</param>
    /// <param name="configuration">The first one.</param>
    /// <param name="kpis">What was counted before.</param>
    public static EngineFold Fresh(ConfigurationStore configurations, NormalisedConfiguration configuration, AlarmKpis kpis) =>
        new(configurations, configuration, new AlarmEngine(configuration.Alarms), new SourceLedger(configuration.Alarms), new StandingConditions(), kpis);

    /// <summary>A fold that goes on from a snapshot.</summary>
    /// <param name="configurations">Where configurations are.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="kpis">What was counted up to there: from the snapshot, or again.</param>
    /// <param name="isUnrecorded">Whether its epoch is one that is not recorded.</param>
    public static EngineFold From(ConfigurationStore configurations, Snapshot snapshot, AlarmKpis kpis, bool isUnrecorded = false)
    {
        var configuration = configurations.Load(snapshot.ConfigurationHash);
        return new(
            configurations,
            configuration,
            AlarmEngine.Restore(configuration.Alarms, snapshot.Engine.Span),
            SourceLedger.Restore(configuration.Alarms, snapshot.Sources.Span),
            StandingConditions.Restore(snapshot.Conditions.Span),
            kpis)
        {
            _isUnrecorded = isUnrecorded,
        };
    }

    /// <summary>
    /// Takes in a recorded input beside the engine: what it says of its source, or of the gateway. Once for each input, in their order, before or after its fold: a
    /// new configuration on the way changes nothing, for the ledger goes on by names and the tags are the same.
    /// </summary>
    public void Observe(Input input, ReadOnlySpan<Sample> samples)
    {
        Sources.Observe(input, samples);
        Conditions.Observe(input);
    }

    /// <summary>Folds one input and its samples.</summary>
    /// <param name="position">Its position in the journal.</param>
    /// <param name="input">The input.</param>
    /// <param name="samples">Its samples.</param>
    /// <param name="skipped">Positions that are left out.</param>
    /// <exception cref="PoisonFound">The engine failed; this fold is to be discarded.</exception>
    public CommandOutcome Step(long position, Input input, ReadOnlySpan<Sample> samples, HashSet<long> skipped)
    {
        var outcome = CommandOutcome.Accepted;
        if (!skipped.Contains(position))
        {
            try
            {
                if (input is ConfigurationChanged changed && changed.Hash != Configuration.Hash)
                {
                    Reconfigure(_configurations.Load(changed.Hash), changed.At);
                }

                if (input is Tick tick)
                {
                    Kpis.Advance(tick.At);
                }

                _isUnrecorded = input is EpochStarted started ? started.IsUnrecorded : _isUnrecorded;
                outcome = Engine.Step(input, _scratch);
                Encode();
            }
            catch (Exception failure)
            {
                throw new PoisonFound(position, null, failure);
            }
        }

        for (var i = 0; i < samples.Length; i++)
        {
            if (skipped.Count > 0 && skipped.Contains(position + 1 + i))
            {
                continue;
            }

            try
            {
                Engine.Step(in samples[i], _scratch);
                if (_scratch.Count > 0)
                {
                    Encode();
                }
            }
            catch (Exception failure)
            {
                int? tag = (uint)samples[i].Tag < (uint)Configuration.Alarms.Tags.Length ? samples[i].Tag : null;
                throw new PoisonFound(position + 1 + i, tag, failure);
            }
        }

        return outcome;
    }

    /// <summary>The state as a snapshot at a commit.</summary>
    public Snapshot Snapshot(long position, Commit commit)
    {
        var engine = new ArrayBufferWriter<byte>(64 * 1024);
        Engine.WriteSnapshot(engine);
        var kpis = new ArrayBufferWriter<byte>(64 * 1024);
        Kpis.WriteSnapshot(kpis);
        return new(position, Engine.Epoch, Engine.NextSeq, Configuration.Hash, BuildVersion, commit.At, commit.WallClock, Sources.Snapshot(), Conditions.Snapshot(), engine.WrittenMemory, kpis.WrittenMemory);
    }

    private void Reconfigure(NormalisedConfiguration configuration, PlantTime at)
    {
        var engine = Engine.Reconfigure(configuration.Alarms, at, _scratch);
        // what is told of removed alarms still has their names
        Encode();
        Engine = engine;
        Sources = Sources.Reconfigure(configuration.Alarms);
        Configuration = configuration;
        _encoder = new(configuration);
        Kpis.Configure(NamesOf(configuration));
    }

    private static List<string> NamesOf(NormalisedConfiguration configuration) => [.. configuration.Alarms.Sources.Select(source => source.Name)];

    private void Encode()
    {
        foreach (var alarmEvent in _scratch)
        {
            Derived.Add(_encoder.Encode(_isUnrecorded ? alarmEvent with { Flags = alarmEvent.Flags | EventFlags.Unrecorded } : alarmEvent));
            Kpis.Take(KpiEvents.Of(alarmEvent, Configuration.Alarms));
        }

        _scratch.Clear();
    }
}
