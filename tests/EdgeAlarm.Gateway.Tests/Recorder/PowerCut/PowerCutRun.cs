using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Alarming;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Alarming;
using EdgeAlarm.TestServers.Disk;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Recorder.PowerCut;

/// <summary>
/// A gateway that loses its power again and again, at any step of its disk, the start included, and is held to what it let out before: a word to the outside is a promise
/// that no cut may break. One seed decides everything.
/// </summary>
internal sealed class PowerCutRun(int seed, SimulatedDisk disk, bool diesToo = false) : IAsyncDisposable
{
    private const int TurnsPerLife = 25;

    private readonly Random _random = new(seed);
    private readonly Dictionary<(Guid Epoch, long Seq), byte[]> _told = [];
    private readonly Dictionary<(Guid Epoch, long Seq), byte[]> _toldUnrecorded = [];
    private readonly ManualResetEventSlim _arrived = new();
    private readonly ManualResetEventSlim _goOn = new(initialState: true);
    private readonly PumpFixture _plant = new()
    {
        Disk = disk,
        Journal = new() { SegmentSizeMax = 2000, PacksSealed = seed % 4 == 0 },
        Recorder = new(TimeSpan.FromDays(7), 8000),
        SnapshotInterval = TimeSpan.FromSeconds(5),
    };

    private UtcTime _recordedUntil;
    private bool _isOpen;
    private bool _isDead;

    /// <summary>How often the power went.</summary>
    public int Cuts { get; private set; }

    /// <summary>How many events were let out.</summary>
    public int Told => _told.Count;

    /// <summary>How many of them said that nothing records them.</summary>
    public int ToldUnrecorded => _toldUnrecorded.Count;

    /// <summary>Why each epoch began.</summary>
    public IReadOnlyList<string> Epochs { get; private set; } = [];

    /// <summary>Runs until the power went so often, then once more to the end.</summary>
    public async Task RunAsync(int cuts)
    {
        disk.Fault = (step, path) =>
        {
            if (step == DiskStep.Write && path.EndsWith(".journal", StringComparison.Ordinal) && !_goOn.IsSet)
            {
                _arrived.Set();
                _goOn.Wait();
            }

            return _isDead && step is (DiskStep.Write or DiskStep.Flush or DiskStep.Create) ? new IOException("Input/output error") : null;
        };
        while (Cuts < cuts)
        {
            // one in four goes while the gateway starts
            disk.CutAfter(_random.Next(_random.Next(4) == 0 ? 12 : 150), _random);
            await LiveAsync();
            Cuts++;
            disk.CutAndRestore();
            _isDead = false;
            _plant.Time.Advance(TimeSpan.FromSeconds(_random.Next(1, 10)));
        }

        disk.CutAfter(int.MaxValue, _random);
        await LiveAsync();
        Assert.False(disk.IsCut);
        Assert.True(diesToo || Epochs.Count == 1, Words($"an epoch began without a reason: {string.Join("; ", Epochs)}"));
    }

    public async ValueTask DisposeAsync()
    {
        await (_isOpen ? _plant.DisposeAsync() : ValueTask.CompletedTask);
        _arrived.Dispose();
        _goOn.Dispose();
    }

    private async Task LiveAsync()
    {
        try
        {
            _plant.Open();
            _isOpen = true;
            _plant.Pump.Committed = Take;
            _plant.Turn();
            Check();
            await _plant.ConnectAsync();
            for (var turn = 0; turn < TurnsPerLife && !disk.IsCut; turn++)
            {
                await TurnAsync();
            }

            // the shown state is a quarter of a second old at most
            _plant.Turn(TimeSpan.FromSeconds(1));
            if (!disk.IsCut && _plant.Pump.Recorder.Memory is null)
            {
                Check();
            }
        }
        catch (Exception failure) when (disk.IsCut && failure is IOException or JournalFailure or DataFolderUnusable)
        {
            // the process died with its disk
        }

        if (_isOpen)
        {
            await _plant.Pump.DisposeAsync();
            _isOpen = false;
        }
    }

    private async Task TurnAsync()
    {
        _plant.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(50, 3000)));
        _isDead = diesToo && (_isDead ? _random.Next(4) > 0 : _random.Next(8) == 0);
        switch (_random.Next(12))
        {
            case 0:
                _ = _plant.Pump.Inbox.AcknowledgeAsync("LT101_HI", _plant.Pump.State.Alarms[0].State.Occurrence, "operator1", "", CancellationToken.None);
                break;
            case 1:
                await _plant.Pump.Inbox.CreateSink(0).SourceDownAsync("cut", CancellationToken.None);
                await _plant.ConnectAsync(SourceRecovery.Recreated);
                break;
            case 2:
                await ReloadAsync();
                return;
            case 3 when !_isDead && _plant.Pump.Recorder is { Memory: null, Journal.Failure: null }:
                await BatchAsync();
                return;
            default:
                break;
        }

        var sample = await SendAsync();
        _plant.Turn();
        Recorded(sample);
    }

    // many turns under one flush, each with its commit
    private async Task BatchAsync()
    {
        _arrived.Reset();
        _goOn.Reset();
        Sample last;
        try
        {
            last = await SendAsync();
            _plant.Pump.TurnOnce(_plant.Pump.Clock.Now);
            // the power may go before, while a new segment is begun
            Assert.True(SpinWait.SpinUntil(() => _arrived.IsSet || disk.IsCut, TimeSpan.FromSeconds(30)), Words("no flush began"));
            for (var more = _random.Next(1, 12); more > 0; more--)
            {
                _plant.Time.Advance(TimeSpan.FromMilliseconds(100));
                last = await SendAsync();
                _plant.Pump.TurnOnce(_plant.Pump.Clock.Now);
            }
        }
        finally
        {
            _goOn.Set();
        }

        _plant.Turn();
        Recorded(last);
    }

    private async Task ReloadAsync()
    {
        var alarms = PumpFixture.Alarms.Alarms.ToArray();
        alarms[1] = alarms[1] with { Setpoint = 85 + _random.Next(8) };
        _plant.Configured = new([.. PumpFixture.Alarms.Sources], [.. PumpFixture.Alarms.Tags], [.. alarms]);
        var reload = _plant.Pump.ReloadAsync(NormalisedConfiguration.Create("plant1", "gw1", _plant.Configured), CancellationToken.None);
        while (!reload.IsCompleted && !disk.IsCut)
        {
            SpinWait.SpinUntil(() => reload.IsCompleted || _plant.Pump.Inbox.Count > 0, TimeSpan.FromMilliseconds(10));
            _plant.Turn();
        }

        try
        {
            await (disk.IsCut ? Task.CompletedTask : reload);
        }
        catch (IOException) when (_isDead)
        {
            // a list that cannot be stored does not take effect
        }
    }

    private async Task<Sample> SendAsync()
    {
        var sample = _plant.SampleOf(1, _random.Next(70, 110));
        await _plant.SendAsync(_plant.SampleOf(0, _random.Next(80, 100)), sample);
        return sample;
    }

    private void Recorded(Sample sample) => _recordedUntil = disk.IsCut || _plant.Pump.Recorder is not { Memory: null, Journal.Failure: null } ? _recordedUntil : sample.SourceTime;

    private void Take(ReadOnlyMemory<StoredEvent> events)
    {
        foreach (var stored in disk.IsCut ? default : events.Span)
        {
            var bytes = stored.Payload.ToArray();
            var told = EventJson.Parse(bytes).Flags.Contains("unrecorded") ? _toldUnrecorded : _told;
            Assert.True(told.TryAdd((stored.Epoch, stored.Seq), bytes), Words($"{stored.Epoch}:{stored.Seq} was told twice"));
        }
    }

    private void Check()
    {
        var reader = _plant.Pump.Reader;
        var stored = reader.Epochs().SelectMany(range => reader.ReadEvents(range.Epoch, 1)).ToList();
        var byKey = stored.GroupBy(each => (each.Epoch, each.Seq)).ToDictionary(each => each.Key, each => each.ToList());
        Assert.All(byKey, each => Assert.True(each.Value.Count == 1, Words($"{each.Key} is recorded {each.Value.Count} times")));
        foreach (var (key, bytes) in _told)
        {
            Assert.True(byKey.ContainsKey(key), Words($"{key} was told and is lost"));
            Assert.True(byKey[key][0].Payload.Span.SequenceEqual(bytes), Words($"{key} was told and is another event now"));
        }

        Assert.All(_toldUnrecorded, each => Assert.True(
            !byKey.TryGetValue(each.Key, out var there) || there[0].Payload.Span.SequenceEqual(each.Value), Words($"{each.Key} was told and is another event now")));
        Epochs = [.. stored.Where(each => each.Seq == 1).Select(each => EventJson.Parse(each.Payload.Span).Reason ?? "")];
        var present = stored.Where(each => each.Epoch == _plant.Pump.State.Epoch).Select(each => each.Seq).ToList();
        Assert.True(present.SequenceEqual(Enumerable.Range(1, (int)_plant.Pump.State.LastSeq).Select(seq => (long)seq)), Words($"the seq of the epoch is not dense: {string.Join(' ', present)}"));
        if (_plant.Pump.State.Tags[1].Last is { } last)
        {
            Assert.True(last.SourceTime.Ticks >= _recordedUntil.Ticks, Words($"a sample of {_recordedUntil} was recorded, the state ends at {last.SourceTime}"));
        }
        else
        {
            Assert.True(_recordedUntil == default, Words("a sample was recorded, the state has none"));
        }

        var replay = Replay.Run(_plant.Folder);
        Assert.True(replay.IsIdentical, Words($"the fold of the recording differs: {replay}"));
        CheckStates(stored);
    }

    // whatever an alarm is, somebody was told
    private void CheckStates(List<StoredEvent> stored)
    {
        var last = new Dictionary<string, EventMessage>();
        foreach (var message in stored.Select(each => EventJson.Parse(each.Payload.Span)).Where(message => message.Alarm is not null))
        {
            last[message.Alarm!] = message;
        }

        foreach (var alarm in _plant.Pump.State.Alarms)
        {
            var told = last.GetValueOrDefault(alarm.Definition.Id)?.State;
            Assert.True(told == alarm.State.Lifecycle.ToString(), Words($"{alarm.Definition.Id} is {alarm.State.Lifecycle}, told was {told}"));
        }
    }

    private string Words(string what) => $"seed {seed}, after {Cuts} cuts: {what}";
}
