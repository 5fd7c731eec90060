using System.Buffers;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Alarming;

/// <summary>
/// Everything that recorded inputs change: the engine, its configuration, the ledger of the sources. The same for live, restart and replay, so that they cannot differ.
/// </summary>
internal sealed class EngineFold
{
    private static readonly string BuildVersion = typeof(EngineFold).Assembly.GetName().Version!.ToString();

    private readonly ConfigurationStore _configurations;
    private readonly List<AlarmEvent> _scratch = [];
    private EventEncoder _encoder;

    private EngineFold(ConfigurationStore configurations, NormalisedConfiguration configuration, AlarmEngine engine, SourceLedger sources, StandingConditions conditions)
    {
        _configurations = configurations;
        Configuration = configuration;
        Engine = engine;
        Sources = sources;
        Conditions = conditions;
        _encoder = new(configuration);
    }

    public NormalisedConfiguration Configuration { get; private set; }

    public AlarmEngine Engine { get; private set; }

    public SourceLedger Sources { get; private set; }

    public StandingConditions Conditions { get; }

    /// <summary>The events that came of the inputs, encoded; whoever folds takes them away.</summary>
    public List<StoredEvent> Derived { get; } = [];

    /// <summary>A fold that was told nothing.</summary>
    public static EngineFold Fresh(ConfigurationStore configurations, NormalisedConfiguration configuration) =>
        new(configurations, configuration, new AlarmEngine(configuration.Alarms), new SourceLedger(configuration.Alarms), new StandingConditions());

    /// <summary>A fold that goes on from a snapshot.</summary>
    public static EngineFold From(ConfigurationStore configurations, Snapshot snapshot)
    {
        var configuration = configurations.Load(snapshot.ConfigurationHash);
        return new(
            configurations,
            configuration,
            AlarmEngine.Restore(configuration.Alarms, snapshot.Engine.Span),
            SourceLedger.Restore(configuration.Alarms, snapshot.Sources.Span),
            StandingConditions.Restore(snapshot.Conditions.Span));
    }

    /// <summary>Takes in a recorded input beside the engine: what it says of its source, or of the gateway. Once for each input, before or after its fold.</summary>
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
        return new(position, Engine.Epoch, Engine.NextSeq, Configuration.Hash, BuildVersion, commit.At, commit.WallClock, Sources.Snapshot(), Conditions.Snapshot(), engine.WrittenMemory);
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
    }

    private void Encode()
    {
        foreach (var alarmEvent in _scratch)
        {
            Derived.Add(_encoder.Encode(alarmEvent));
        }

        _scratch.Clear();
    }
}
