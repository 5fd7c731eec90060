using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.Gateway.Alarming;

namespace EdgeAlarm.Simulation.World;

/// <summary>
/// A PLC behind its OPC UA server and our connection to it: values that change, messages that are kept until they are acknowledged, a cable that breaks. It knows which samples the gateway
/// said it has.
/// </summary>
internal sealed class SimulatedPlc : IPlcConnection
{
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private readonly SimulatedWorld _world;
    private readonly double[] _values;
    private readonly List<PlcSample> _pending = [];
    private readonly List<(uint Sequence, List<PlcSample> Samples)> _unacknowledged = [];
    private EnginePump? _pump;
    private IPlcSink? _sink;
    private TimeSpan? _cutAt;
    private uint _subscription;
    private uint _sequence;

    public SimulatedPlc(SimulatedWorld world, int tags)
    {
        (_world, _values) = (world, new double[tags]);
        for (var tag = 0; tag < tags; tag++)
        {
            _values[tag] = 50;
            Change(tag);
        }

        world.In(PublishEvery, Publish);
    }

    /// <summary>Mean time between two changes of a tag.</summary>
    public TimeSpan ChangesEvery { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Whether values change.</summary>
    public bool IsRunning { get; set; } = true;

    /// <summary>Samples that the gateway said are in its journal.</summary>
    public List<PlcSample> Acknowledged { get; } = [];

    /// <summary>Where in <see cref="Acknowledged"/> nobody here knows from which value the gateway went on: it had more than it said, or less.</summary>
    public HashSet<int> Breaks { get; } = [];

    public bool IsCut => _cutAt is not null;

    Task IPlcConnection.RunAsync(IPlcSink sink, CancellationToken cancellationToken) => throw new NotSupportedException("The world drives it.");

    /// <summary>A gateway begins; its first message has the value of each tag.</summary>
    public void Connect(EnginePump pump)
    {
        (_pump, _sink) = (pump, pump.Inbox.CreateSink(0));
        pump.Attach(0, this);
        if (!IsCut)
        {
            Subscribe(SourceRecovery.Connected);
        }
    }

    /// <summary>Samples in <see cref="Acknowledged"/> that a dead disk or a restored image took before they reached anybody, and said so or could not know.</summary>
    public HashSet<int> Excused { get; } = [];

    public void Break() => Breaks.Add(Acknowledged.Count);

    /// <summary>What was acknowledged since then may be gone.</summary>
    public void Excuse(int since)
    {
        Excused.UnionWith(Enumerable.Range(since, Acknowledged.Count - since));
        Break();
    }

    /// <summary>The gateway is gone.</summary>
    public void Disconnect() => (_pump, _sink) = (null, null);

    /// <summary>The cable to the PLC is cut.</summary>
    public void Cut()
    {
        _cutAt ??= _world.Now;
        if (_sink is not null)
        {
            Put(_sink.SourceDownAsync("the cable is cut", CancellationToken.None).AsTask());
        }
    }

    /// <summary>And is whole again.</summary>
    public void Mend()
    {
        if (_cutAt is not { } since)
        {
            return;
        }

        _cutAt = null;
        if (_sink is null)
        {
            return;
        }

        if (_subscription == 0 || _world.Now - since > Lifetime)
        {
            var now = _pump!.Clock.Now;
            Subscribe(SourceRecovery.Recreated);
            Put(_sink.GapFoundAsync(null, new(now.Ticks - (_world.Now - since).Ticks), now, GapCause.ConnectionLost, CancellationToken.None).AsTask());
            return;
        }

        Put(_sink.SourceUpAsync(SourceRecovery.Republished, CancellationToken.None).AsTask());
        foreach (var (sequence, samples) in _unacknowledged.ToArray())
        {
            Send(sequence, samples, afterRecovery: true);
        }
    }

    public void Flushed(uint subscription, uint sequence)
    {
        if (subscription != _subscription)
        {
            return;
        }

        foreach (var (_, samples) in _unacknowledged.Where(message => message.Sequence <= sequence))
        {
            Acknowledged.AddRange(samples);
        }

        _unacknowledged.RemoveAll(message => message.Sequence <= sequence);
    }

    private void Subscribe(SourceRecovery how)
    {
        if (_unacknowledged.Count > 0)
        {
            Break();
        }

        _subscription++;
        _sequence = 0;
        _unacknowledged.Clear();
        _pending.Clear();
        Put(_sink!.SourceUpAsync(how, CancellationToken.None).AsTask());
        Put(_sink.ClockMeasuredAsync(new(_pump!.Clock.Now.Ticks - _world.Clock.UtcTicks), true, CancellationToken.None).AsTask());
        for (var tag = 0; tag < _values.Length; tag++)
        {
            Put(_sink.TagMonitoredAsync(tag, Quality.Good, CancellationToken.None).AsTask());
            _pending.Add(new(tag, _values[tag], _world.Clock.UtcTicks));
        }
    }

    private void Change(int tag) => _world.In(_world.Around(ChangesEvery), () =>
    {
        if (IsRunning)
        {
            // half of them cross the limit
            _values[tag] = _values[tag] < 90 ? 80 + _world.Random.Next(30) : 60 + _world.Random.Next(40);
            _pending.Add(new(tag, _values[tag], _world.Clock.UtcTicks));
        }

        Change(tag);
    });

    private void Publish()
    {
        if (_sink is not null && !IsCut && _pending.Count > 0)
        {
            List<PlcSample> samples = [.. _pending];
            _pending.Clear();
            _unacknowledged.Add((++_sequence, samples));
            Send(_sequence, samples, afterRecovery: false);
        }

        _world.In(PublishEvery, Publish);
    }

    private void Send(uint sequence, List<PlcSample> samples, bool afterRecovery)
    {
        var wall = _pump!.Clock.WallClock;
        var now = _pump.Clock.Now;
        Put(_sink!.NotificationAsync(
            new(_subscription, sequence, now, afterRecovery, samples.ConvertAll(sample => new Sample(sample.Tag, TagValue.From(sample.Value), Quality.Good, new(sample.At), new(sample.At), wall, now)).ToArray()),
            CancellationToken.None).AsTask());
    }

    private static void Put(Task delivery) => Assert.True(delivery.IsCompletedSuccessfully, "the pump's inbox is full");
}
